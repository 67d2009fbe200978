"""Sixty seconds of broken files for every importer: none crashes, none takes long, memory stays flat.

python -m bench.fuzz_formats [seconds per format] [format ...]
"""

import json
import random
import resource
import sys
import time
from pathlib import Path

import pysubs2

from companion.formats.catalogue import EXPORTS, FORMATS, export_sheet, import_file
from companion.formats.faults import Unreadable
from companion.formats.laying import lay_in

SHEETS = Path(__file__).parent.parent / "companion" / "sheets"
SLY = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"-->",
    b"{" * 60,
    b"\xe2\x80\xae",
    b"99:99:99,999",
    b'"' * 3,
    b"\r",
    b"NaN",
    b"1e999",
    b"=cmd()",
    b"\xed\xa0\x80",
    b"[" * 60,
    b"\\ud800",
    b"\t\t,;",
    "한글".encode("cp949"),
    b"WEBVTT\n\n",
    b"9" * 400,
)
SLOWEST = 2.0


PASTED = "# 0:00 The arrival\nFirst words\n0:12:30 trivia: It was raining\npoll: Who opens? | He | She\n"


def seeds(name: str | None) -> list[bytes]:
    """Sound files, three in four in the format that is asked, so that most get past its first line."""
    sheets = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHEETS.glob("*.json"))]
    made = {each: [export_sheet(sheet, each).text for sheet in sheets] for each in EXPORTS}
    made["vtt"] += made.pop("vtt-plain")
    made["ass"] = [pysubs2.SSAFile.from_string(text, format_="srt").to_string("ass") for text in made["srt"]]
    made["text"] = [PASTED, *made["chapters"]]
    every = [text for texts in made.values() for text in texts]
    own = made[name] if name else every
    return [text.encode() for text in [*own * (3 * len(every) // len(own)), *every]]


def broken(seed: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(max(1, len(seed) - 200))
    raw = bytearray(seed[start : start + chance.randrange(1, 20_000)] if chance.random() < 0.3 else seed)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 40))):
        at = chance.randrange(len(raw) + 1)
        put = chance.choice(SLY) if chance.random() < 0.5 else chance.randbytes(chance.randrange(6))
        raw[at : at + chance.randrange(8)] = put
    return (
        bytes(raw)
        if chance.random() < 0.9
        else bytes(raw)
        .decode("utf-8", "ignore")
        .encode(chance.choice(["utf-16", "cp949", "utf-16-be"]), "ignore")
    )


def memory() -> float:
    """Largest resident size so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fuzz(
    name: str | None, seconds: float, chance: random.Random, base: dict[str, object]
) -> dict[str, float]:
    tried = taken = 0
    slowest = 0.0
    samples = seeds(name)
    began, warm = time.monotonic(), 0.0
    while time.monotonic() - began < seconds:
        raw = broken(chance.choice(samples), chance)
        used = time.process_time()
        try:
            read = import_file(raw, "x", base if chance.random() < 0.5 else None, name=name)
            lay_in(base, read.document, read.carries_ids, read.says_kinds)
            taken += 1
        except Unreadable as refused:
            assert all(str(fault) for fault in refused.faults)
        slowest = max(slowest, time.process_time() - used)
        tried += 1
        if not warm and time.monotonic() - began > seconds / 4:
            warm = memory()
    return {
        "tried": tried,
        "taken": taken,
        "slowest s": round(slowest, 3),
        "growth MiB": round(memory() - warm, 1),
    }


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    names = sys.argv[2:] or [*FORMATS, "guessed"]
    chance = random.Random(2026)
    base = json.loads((SHEETS / "three-minutes.json").read_text(encoding="utf-8"))
    for name in names:
        told = fuzz(None if name == "guessed" else name, seconds, chance, base)
        print(f"{name:9}", *(f"{key} {value}" for key, value in told.items()), sep="  ", flush=True)
        assert told["slowest s"] < SLOWEST, f"{name} took {told['slowest s']} s"
        assert told["growth MiB"] < 64, f"{name} grew by {told['growth MiB']} MiB"


if __name__ == "__main__":
    main()
