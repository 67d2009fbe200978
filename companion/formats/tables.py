"""CSV and TSV in and out: one row per scene and per note, every language in its own columns."""

import csv
import io
from typing import Any

from companion.rules.sheet_edits import part_of, starts, time_of

from . import durations
from .columns import FIELDS, KNOWN, cell, guarded, language_columns, options_cell
from .faults import Exported, Said, loss

COLUMNS = ("kind", "id", "scene", "part", "start", "end", "duration", *FIELDS, "source", "source_url")


def write(document: dict[str, Any], lang: str = "", comma: str = ",") -> Exported:
    """With a mark in front that makes spreadsheets read UTF-8; cells that would be formulas are guarded
    with a quote.
    """
    out = io.StringIO(newline="")
    languages = _languages(document)
    rows = csv.writer(out, delimiter=comma)
    rows.writerow([*COLUMNS, *language_columns(languages)])
    cues = document["cues"]
    for scene in document["scenes"]:
        rows.writerow(_row(_scene_cells(scene), scene, languages))
    for cue in cues:
        rows.writerow(_row(_cue_cells(document, cue), cue, languages))
    suffix, mimetype = (".csv", "text/csv") if comma == "," else (".tsv", "text/tab-separated-values")
    return Exported("\ufeff" + out.getvalue(), suffix, mimetype, _losses(document))


def _scene_cells(scene: dict[str, Any]) -> dict[str, str]:
    begin = durations.write(float(scene.get("start") or 0)) if part_of(scene) == "film" else ""
    return {"kind": "scene", "part": part_of(scene), "start": begin}


def _cue_cells(document: dict[str, Any], cue: dict[str, Any]) -> dict[str, str]:
    start, length = time_of(document, cue), cue.get("duration")
    cells = {"kind": cell(cue.get("kind")), "scene": cell(cue.get("scene"))}
    if start is not None and start >= 0 and length is not None:
        return {**cells, "start": durations.write(start), "end": durations.write(start + float(length))}
    return {**cells, "duration": "" if length is None else durations.write(float(length))}


def _row(cells: dict[str, str], entry: dict[str, Any], languages: list[str]) -> list[str]:
    source = entry.get("source") or {}
    cells = {
        "id": entry["id"],
        **{name: cell(entry.get(name)) for name in FIELDS},
        "source": cell(source.get("label")),
        "source_url": cell(source.get("url")),
        **cells,
    }
    for language in languages:
        for name in ("title", "text", "explanation"):
            words = entry.get("watch_for" if cells["kind"] == "scene" and name == "text" else name) or {}
            cells[f"{name}_{language}"] = words.get(language, "")
        cells[f"options_{language}"] = options_cell(entry.get("options") or [], language)
    return [guarded(cells.get(name, "")) for name in (*COLUMNS, *language_columns(languages))]


def _languages(document: dict[str, Any]) -> list[str]:
    """The sheet's own first, then any other that some text is written in."""
    found = dict.fromkeys(document.get("languages") or [])
    for entry in (*document["scenes"], *document["cues"]):
        for name in ("title", "text", "explanation", "watch_for"):
            found.update(dict.fromkeys(entry.get(name) or {}))
        for option in entry.get("options") or []:
            found.update(dict.fromkeys(option.get("text") or {}))
    return list(found)


def _losses(document: dict[str, Any]) -> list[Said]:
    entries = [*document["scenes"], *document["cues"]]
    unknown = sorted({key for entry in entries for key in entry if key not in KNOWN})
    begin = starts(document)
    early = [c for c in document["cues"] if c.get("scene") in begin and (time_of(document, c) or 0) < 0]
    lost = [loss("the film's details, other copies of it, reactions, credits and who proofread")]
    lost += (
        [loss("fields that are not part of the format: %(names)s", names=", ".join(unknown))]
        if unknown
        else []
    )
    lost += [loss("times before the film begins: %(count)s", count=len(early))] if early else []
    return lost
