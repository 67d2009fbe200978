"""Rows of a CSV or TSV file back into scenes and notes, each fault with its line."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from companion.rules.sheet_edits import film_scenes, new_sheet, rounded, scene_at, starts

from .columns import ALIASES, NAMES, SECONDS, TEXTS, YES_NO, options_of, seconds, unguarded, yes
from .faults import LONGEST_LINE, MOST_NOTES, Fault, Imported, Unreadable, fault, refuse
from .pasted import KINDS, LENGTHS

LONGEST_CELL = 10 * LONGEST_LINE
MOST_ROWS = MOST_NOTES + 200


def read(text: str, base: dict[str, Any] | None, lang: str, kind: str, repairs: list[Fault]) -> Imported:
    faults: list[Fault] = []
    rows = list(_rows(text, lang, faults))
    if not rows:
        raise refuse("There is no note in this table.")
    document = _with_scenes(rows, base, lang)
    begin, known = starts(document), {scene["id"] for scene in document["scenes"]}
    ids: set[str] = set()
    for row in rows:
        if not row.is_scene:
            document["cues"].append(row.own_id(row.cue(document, begin, known, kind), ids))
    if faults:
        raise Unreadable(faults)
    carries_ids = all("id" in row.cells for row in rows)
    says_kinds = all("kind" in row.cells for row in rows)
    return Imported(document, "table", repairs, carries_ids, says_kinds)


class _Row:
    """The cells of one row by the names of their columns, without the empty ones."""

    def __init__(self, line: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.line, self.cells, self.faults = line, cells, faults

    @property
    def is_scene(self) -> bool:
        return self.cells.get("kind") == "scene"

    def scene(self) -> dict[str, Any]:
        part = self.cells.get("part", "film")
        scene: dict[str, Any] = {"id": self.cells.get("id", ""), **({} if part == "film" else {"part": part})}
        scene["title"] = self.words("title")
        if part == "film":
            scene["start"] = self.time("start") or 0
        watch_for = self.words("text")
        return scene | self.plain() | ({"watch_for": watch_for} if watch_for else {})

    def cue(
        self, document: dict[str, Any], begin: dict[str, float], known: set[str], kind: str
    ) -> dict[str, Any]:
        cue: dict[str, Any] = {
            "id": self.cells.get("id", ""),
            "kind": self.cells.get("kind", kind).strip().lower(),
        }
        if cue["kind"] not in KINDS:
            self.wrong(
                "“%(words)s” is no kind of note (%(kinds)s).", words=cue["kind"][:30], kinds=", ".join(KINDS)
            )
        start, end = self.time("start"), self.time("end")
        cue["scene"] = self.cells.get("scene") or _scene_for(document, begin, start)
        if cue["scene"] not in known:
            self.wrong("There is no scene “%(id)s”.", id=str(cue["scene"])[:40])
        if start is not None and cue["scene"] in begin:
            cue["offset"] = rounded(start - begin[cue["scene"]])
        cue["duration"] = self.length(cue["kind"], start, end)
        cue |= self.plain()
        cue |= {name: words for name in ("title", "text", "explanation") if (words := self.words(name))}
        options, source = options_of(self.words("options")), self.source()
        return cue | ({"options": options} if options else {}) | ({"source": source} if source else {})

    def length(self, kind: str, start: float | None, end: float | None) -> float:
        if start is None or end is None:
            return (self.time("duration") or 0) if "duration" in self.cells else LENGTHS.get(kind, 20)
        if end < start:
            self.wrong("This note ends before it begins.")
        return rounded(end - start)

    def plain(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: self.cells[name] for name in NAMES if name in self.cells}
        found |= {name: self.time(name) for name in SECONDS if name in self.cells}
        for name in (each for each in YES_NO if each in self.cells):
            found[name] = yes(self.cells[name])
            if found[name] is None:
                self.wrong(
                    "“%(words)s” under %(name)s is neither yes nor no.",
                    words=self.cells[name][:30],
                    name=name,
                )
        return found

    def time(self, name: str) -> float | None:
        if name not in self.cells:
            return None
        at = seconds(self.cells[name])
        if at is None and self.cells[name].strip().startswith("-"):
            self.wrong("This begins before the film does.")
        elif at is None:
            self.wrong("“%(words)s” is not a time.", words=self.cells[name][:30])
        return at

    def words(self, name: str) -> dict[str, str]:
        return {
            key[len(name) + 1 :]: words for key, words in self.cells.items() if key.startswith(f"{name}_")
        }

    def source(self) -> dict[str, str]:
        named = (("label", "source"), ("url", "source_url"))
        return {key: self.cells[name] for key, name in named if name in self.cells}

    def own_id(self, entry: dict[str, Any], ids: set[str]) -> dict[str, Any]:
        if not entry["id"]:
            number = len(ids) + 1
            names = (f"note-{n}" for n in range(number, number * 2 + 2))
            entry["id"] = next(name for name in names if name not in ids)
        if entry["id"] in ids:
            self.wrong("“%(id)s” is the id of two rows.", id=entry["id"][:40])
        ids.add(entry["id"])
        return entry

    def wrong(self, sentence: str, **facts: object) -> None:
        self.faults.append(fault(sentence, self.line, **facts))


def _rows(text: str, lang: str, faults: list[Fault]) -> Iterator[_Row]:
    header, _, _ = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max("\t;,", key=header.count), strict=True)
    try:
        names = [_name(cell, lang) for cell in next(reader, [])]
        if not {"text", "start"} & {name.partition("_")[0] for name in names}:
            raise refuse("The first line must name the columns; at least “text” or “start” is needed.", 1)
        line = reader.line_num + 1
        for count, row in enumerate(reader):
            if count >= MOST_ROWS:
                raise refuse("This table has more than %(most)s rows.", line, most=MOST_ROWS)
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise refuse("A cell has more than %(most)s characters.", line, most=LONGEST_CELL)
            cells = {name: unguarded(cell) for name, cell in zip(names, row, strict=False) if cell.strip()}
            if cells:
                yield _Row(line, cells, faults)
            line = reader.line_num + 1
    except csv.Error as error:
        raise refuse("This is no table: %(reason)s.", reader.line_num, reason=error) from None


def _name(cell: str, lang: str) -> str:
    """The column as we call it; a text without a language is in the language of the file."""
    plain = cell.strip()
    stem, _, language = plain.partition("_")
    if stem.lower() in TEXTS and language:
        return f"{stem.lower()}_{language}"
    name = plain.lower().replace(" ", "_")
    name = ALIASES.get(name, name)
    return f"{name}_{lang}" if name in TEXTS else name


def _with_scenes(rows: list[_Row], base: dict[str, Any] | None, lang: str) -> dict[str, Any]:
    """The scenes the table brings, else those of the base, else one from the first picture."""
    named = [name.partition("_") for row in rows for name in row.cells]
    languages = list(dict.fromkeys(language for stem, _, language in named if stem in TEXTS))
    document = {**(base or new_sheet("", 0, "", 0, languages or [lang])), "cues": []}
    ids: set[str] = set()
    scenes = [row.own_id(row.scene(), ids) for row in rows if row.is_scene]
    document["scenes"] = scenes or document["scenes"]
    if not film_scenes(document):
        document["scenes"] = [
            *document["scenes"],
            {"id": "opening", "title": {}, "start": 0, "timing": "guessed"},
        ]
    return document


def _scene_for(document: dict[str, Any], begin: dict[str, float], start: float | None) -> str:
    return (scene_at(document, start) if start is not None else None) or next(iter(begin))
