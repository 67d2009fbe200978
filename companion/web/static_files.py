"""Scripts, styles and pictures under /static/<tree hash>/…: cached for ever, compressed once."""

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, make_response, request
from werkzeug.security import safe_join

from companion.assets import assets, build
from companion.web.bundles import joined, minified

blueprint = Blueprint("static_files", __name__)
COMPRESSED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}
TOGETHER = "together/"


def install(app: Flask) -> None:
    app.jinja_env.globals.update(static_url=static_url, script_url=script_url, styles_url=styles_url)


def static_url(path: str) -> str:
    """The address of one static file; it changes whenever any of them does."""
    return f"/static/{build()}/{path}"


def script_url(script: str) -> str:
    """The address of a page's script with all it imports in one file."""
    return static_url(f"{TOGETHER}js/{script}")


def styles_url(*sheets: str) -> str:
    """The address of several style sheets in one file, in this order."""
    return static_url(f"{TOGETHER}css/{'+'.join(sheets)}.css")


@blueprint.get("/static/<name>/<path:path>")
def file(name: str, path: str) -> Response:
    kind = TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    squeezed = kind.startswith(COMPRESSED) and request.accept_encodings["gzip"] > 0
    body = contents(assets() / "static", path, build(), squeezed)
    if body is None:
        abort(404)
    response = make_response(body)
    response.mimetype = kind
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    if kind.startswith(COMPRESSED):
        response.headers["Vary"] = "Accept-Encoding"
    fresh = name == build()
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


@lru_cache(maxsize=512)
def contents(root: Path, path: str, _tree: str, squeezed: bool) -> bytes | None:
    kept = joined(root, path.removeprefix(TOGETHER)) if path.startswith(TOGETHER) else alone(root, path)
    return gzip.compress(kept, 9, mtime=0) if kept is not None and squeezed else kept


def alone(root: Path, path: str) -> bytes | None:
    wanted = safe_join(str(root), path)
    if not wanted or not Path(wanted).is_file():
        return None
    kept = Path(wanted).read_bytes()
    return minified(kept.decode()).encode() if path.startswith("js/") else kept
