"""Scripts, styles and pictures under /static/<tree hash>/…: cached for ever, compressed once."""

import gzip
import hashlib
import mimetypes
import time
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, make_response, request
from werkzeug.security import safe_join

from companion.web.bundles import joined, minified

blueprint = Blueprint("static_files", __name__)
COMPRESSED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}
LOOK_EVERY = 1.0
TOGETHER = "together/"

_seen: dict[Path, tuple[float, str]] = {}


def install(app: Flask) -> None:
    app.jinja_env.globals.update(static_url=static_url, script_url=script_url, styles_url=styles_url)


def static_url(path: str) -> str:
    """The address of one static file; it changes whenever any of them does."""
    return f"/static/{tree_hash(folder())}/{path}"


def folder() -> Path:
    return Path(str(current_app.static_folder))


def tree_hash(root: Path) -> str:
    """A name for the present contents of the whole folder. Looks at the disk once a second at most."""
    looked_at, name = _seen.get(root, (0.0, ""))
    if not name or time.monotonic() - looked_at > LOOK_EVERY:
        files = sorted(path for path in root.rglob("*") if path.is_file())
        name = contents_hash(
            root, tuple((str(p), s.st_mtime_ns, s.st_size) for p in files if (s := p.stat()))
        )
        _seen[root] = (time.monotonic(), name)
    return name


@lru_cache(maxsize=8)
def contents_hash(root: Path, files: tuple[tuple[str, int, int], ...]) -> str:
    found = hashlib.sha256()
    for path, _, size in files:
        found.update(f"{Path(path).relative_to(root)}\0{size}\0".encode())
        found.update(Path(path).read_bytes())
    return found.hexdigest()[:12]


def script_url(script: str) -> str:
    """The address of a page's script with all it imports in one file."""
    return static_url(f"{TOGETHER}js/{script}")


def styles_url(*sheets: str) -> str:
    """The address of several style sheets in one file, in this order."""
    return static_url(f"{TOGETHER}css/{'+'.join(sheets)}.css")


@blueprint.get("/static/<name>/<path:path>")
def file(name: str, path: str) -> Response:
    root = folder()
    kind = TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    squeezed = kind.startswith(COMPRESSED) and request.accept_encodings["gzip"] > 0
    body = contents(root, path, tree_hash(root), squeezed)
    if body is None:
        abort(404)
    response = make_response(body)
    response.mimetype = kind
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    if kind.startswith(COMPRESSED):
        response.headers["Vary"] = "Accept-Encoding"
    fresh = name == tree_hash(root)
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
    return minified("text/javascript", kept.decode()).encode() if path.startswith("js/") else kept
