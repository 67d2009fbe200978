"""The web app manifest: a room can be put on the home screen and opens where it was; nobody is asked to."""

from flask import Blueprint, Response, jsonify, request

from companion.languages import current_language, text_direction
from companion.languages import gettext as _
from companion.models.codes import digits_of
from companion.web.static_files import static_url

blueprint = Blueprint("manifest", __name__)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    code = digits_of(request.args.get("room", ""))
    told = {
        "id": "/",
        "name": "Companion",
        "short_name": "Companion",
        "description": _("Notes, trivia and polls on every phone while the film plays on the television."),
        "lang": current_language(),
        "dir": text_direction(),
        "start_url": f"/r/{code}" if code else "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#000000",
        "theme_color": "#000000",
        "icons": [icon(192), icon(512), icon(512, "maskable")],
    }
    response = jsonify(told)
    response.mimetype = "application/manifest+json"
    return response


def icon(size: int, purpose: str = "any") -> dict[str, str]:
    name = f"icons/{'maskable' if purpose == 'maskable' else 'icon'}-{size}.png"
    return {"src": static_url(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
