"""Every format by name: which file is which, and the one way in and out."""

import warnings
from typing import Any

import pysubs2

from companion.rules.sheet_edits import rounded

from . import chapters, json_sheet, pasted, srt, subtitles, table_reading, tables, webvtt
from .decoding import clean, decode
from .faults import MOST_NOTES, Exported, Fault, Imported, Moment, fault, refuse
from .hanging import imported

FORMATS = ("json", "vtt", "srt", "csv", "tsv", "chapters", "ass", "text")
EXPORTS = {
    "json": json_sheet.write,
    "vtt": webvtt.write_metadata,
    "vtt-plain": webvtt.write_plain,
    "srt": srt.write,
    "csv": tables.write,
    "tsv": lambda document, lang: tables.write(document, lang, "\t"),
    "chapters": chapters.write,
}


def export_sheet(document: dict[str, Any], name: str, lang: str | None = None) -> Exported:
    """`lang` counts for the formats of one language; the sheet's first when none is given."""
    if name not in EXPORTS:
        raise refuse("There is no such format to export.")
    return EXPORTS[name](document, lang or (document.get("languages") or ["en"])[0])


def import_file(
    raw: bytes,
    filename: str = "",
    base: dict[str, Any] | None = None,
    lang: str = "en",
    kind: str = "theme",
    name: str | None = None,
) -> Imported:
    """What a file holds, as a document. With a base, times hang on its scenes. Raises Unreadable, base
    untouched.

    `lang` and `kind` are for files that do not say; `name` is the format, guessed from the content when None.
    """
    text, encoding = decode(raw)
    name = name or recognise(text, filename)
    if name == "json":
        return json_sheet.read(text, [])
    if (
        text.lstrip("\ufeff \n\r\t")[:9]
        .lower()
        .startswith(("<?xml", "<!doctype", "<!entity", "<tt", "<html"))
    ):
        raise refuse(
            "This is an XML or HTML file. Bring notes as JSON, WebVTT, SRT, ASS, CSV or plain text.", 1
        )
    text, repairs = clean(text)
    if encoding != "UTF-8":
        repairs.insert(0, fault("Read as %(encoding)s.", encoding=encoding))
    if name == "chapters":
        return chapters.read(text, base, lang, repairs)
    readers = {"vtt": webvtt.read, "srt": srt.read, "csv": table_reading.read, "tsv": table_reading.read}
    return {**readers, "ass": _read_ass, "text": pasted.read}[name](text, base, lang, kind, repairs)


def recognise(text: str, filename: str = "") -> str:
    """By what is in it, then by its name."""
    start = text.lstrip("\ufeff \n\r\t")[:4096]
    if start.startswith(("{", "[")) and not start.startswith("[Script Info]"):
        return "json"
    if start.startswith("WEBVTT"):
        return "vtt"
    if start.startswith("[Script Info]"):
        return "ass"
    ending = filename.lower().rpartition(".")[2]
    if ending in ("json", "vtt", "srt", "csv", "tsv", "ass", "ssa"):
        return ending.replace("ssa", "ass")
    if "-->" in start:
        return "srt"
    lines = [line for line in start.splitlines() if line.strip()]
    names = (
        {cell.strip().lower().partition("_")[0] for cell in lines[0].replace("\t", ",").split(",")}
        if lines
        else set()
    )
    if len(names) > 1 and names & {"text", "start", "time", "kind"}:
        return "csv"
    return "chapters" if "chapter" in filename.lower() else "text"


def _read_ass(text: str, base: dict[str, Any] | None, lang: str, kind: str, repairs: list[Fault]) -> Imported:
    """Advanced SubStation: the words of its dialogue, without looks."""
    if text.count("\nDialogue:") > MOST_NOTES:
        raise refuse("This file has more than %(most)s notes.", most=MOST_NOTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            events = pysubs2.SSAFile.from_string(text, format_="ass").events
    except Exception:  # pysubs2 lets whatever broke inside it through
        raise refuse("This subtitle file cannot be read.") from None
    moments = []
    for number, event in enumerate(events, 1):
        lines = event.plaintext.split("\n")
        if event.is_comment or not event.plaintext.strip() or event.start < 0:
            continue
        end = event.end if event.end > event.start else event.start + 4000
        moments.append(
            Moment(
                number,
                rounded(event.start / 1000),
                rounded(end / 1000),
                subtitles.words_of(lines, lang, kind),
            )
        )
    return imported(moments, base, lang, "ASS", repairs)
