"""The bundled cue sheets, and where the facts about them are kept."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from companion.rules.cue_sheet import CueSheet

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SHEETS = ROOT / "companion" / "sheets"
NAMES = sorted(path.stem for path in SHEETS.glob("*.json"))
FILM = "miracle-in-cell-no-7"


@cache
def document(name: str) -> dict[str, Any]:
    return json.loads((SHEETS / f"{name}.json").read_text(encoding="utf-8"))


@cache
def sheet(name: str) -> CueSheet:
    return CueSheet.read(document(name))


@cache
def kept(name: str) -> Any:
    """Data beside the tests: gates, times, findings that are meant."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def words_of(name: str):
    """Every text map of a sheet that a guest may read, with the place it stands at."""
    found = document(name)
    film = found["film"]
    for field in ("title", "lobby_text", "content_note"):
        yield f"film.{field}", film[field]
    for reaction in found["reactions"]:
        yield reaction["emoji"], reaction["name"]
    for scene in found["scenes"]:
        yield f"{scene['id']}.title", scene["title"]
        if scene.get("checkpoint"):
            yield f"{scene['id']}.watch_for", scene["watch_for"]
    for cue in found["cues"]:
        for field in ("title", "text", "explanation"):
            if field in cue:
                yield f"{cue['id']}.{field}", cue[field]
        for option in cue.get("options", ()):
            yield f"{cue['id']}.{option['id']}", option["text"]
