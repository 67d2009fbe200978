"""`companion rehearse FILE`: an evening in fast motion, and what an author should know before a real one."""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from companion.formats import durations
from companion.formats.catalogue import import_file
from companion.formats.faults import Unreadable
from companion.rules.alignment import Alignment
from companion.rules.cue_sheet import CueSheet, words_in
from companion.rules.facts import CueRecord, Facts, Pace
from companion.rules.findings import SheetFaults
from companion.rules.playback import Playback
from companion.rules.programme import advance
from companion.rules.rehearsal import Rehearsal, Shown, rehearse

STEP = 0.5
"""Seconds between two looks at the clock: the bar moves twice a second."""
CLEARED = "\r" + " " * 78 + "\r"


@click.command("rehearse")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--speed", default=60.0, help="Film seconds per second; 0 does not play, only tells.")
@click.option("--pace", type=click.Choice(["calm", "talkative", "silent"]), default="calm")
@click.option("--from", "begin", default="0", help="Where in the film to begin, in any spelling.")
@click.option("--lang", default="en", help="Language of the titles that are named.")
def command(file: Path, speed: float, pace: Pace, begin: str, lang: str) -> None:
    """Play notes fast and tell how they fall.

    Nobody taps; afterwards gaps, overlaps, density, and what would have been shown.
    """
    sheet = opened(file)
    start = durations.read(begin)
    if start is None:
        raise click.ClickException(f"“{begin}” is no time. Try 1:02:03, 62:03 or 1h2m3s.")
    if speed > 0:
        play(sheet, pace, start, speed, lang)
    for line in told(rehearse(sheet, pace), sheet, lang):
        click.echo(line)


def opened(file: Path) -> CueSheet:
    try:
        return CueSheet.read(import_file(file.read_bytes(), file.name).document)
    except Unreadable as unreadable:
        raise click.ClickException("\n".join(str(fault) for fault in unreadable.faults)) from None
    except SheetFaults as faults:
        raise click.ClickException("\n".join(finding.sentence for finding in faults.findings)) from None


def play(sheet: CueSheet, pace: Pace, start: float, speed: float, lang: str) -> None:
    """The real programme over the real alignment; its clock goes from one due instant to the next."""
    runtime, shows_bar = sheet.edition.runtime, sys.stderr.isatty()
    alignment = Alignment(sheet=sheet)
    playback = Playback(position=start, rate=1.0, since=start, is_playing=True)
    facts = Facts(sheet, alignment, playback, pace=pace, limit=alignment.limit)
    began, scene = time.monotonic(), ""
    due: float | None = start
    while due is not None and due <= runtime:
        wait_until(due, start, speed, began, runtime if shows_bar else None)
        happened = advance(facts, due)
        facts = replace(facts, records={**facts.records, **happened.records})
        for cue_id in happened.released:
            scene = show(sheet, cue_id, facts.records[cue_id], lang, shows_bar, scene)
        due = happened.next_due_at
    if shows_bar:
        click.echo(CLEARED, nl=False, err=True)


def wait_until(due: float, start: float, speed: float, began: float, runtime: float | None) -> None:
    """Until the film gets there; with a runtime, a bar moves meanwhile."""
    while (position := start + (time.monotonic() - began) * speed) < due:
        if runtime is not None:
            bar(position, runtime)
        time.sleep(min(STEP, (due - position) / speed))


def show(
    sheet: CueSheet, cue_id: str, record: CueRecord, lang: str, shows_bar: bool, scene_before: str
) -> str:
    """One line a card, under the scene it hangs on; answers with that scene."""
    cue = sheet.cue(cue_id)
    if cue is None or record.told_start is None:
        return scene_before
    if shows_bar:
        click.echo(CLEARED, nl=False, err=True)
    if cue.scene != scene_before:
        click.secho(scene_name(sheet, cue.scene, lang), bold=True)
    how = "comes up" if record.told_pushed else "waits"
    click.echo(
        f"{durations.write(record.told_start)[:-4]}  {how:8}  {cue.kind:10}  {name_of(sheet, cue_id, lang)}"
    )
    return cue.scene


def bar(position: float, runtime: float) -> None:
    filled = round(40 * position / runtime) if runtime else 40
    at, end = durations.write(position)[:-4], durations.write(runtime)[:-4]
    click.echo(f"\r{'━' * filled}{'─' * (40 - filled)}  {at} / {end}", nl=False, err=True)


def told(seen: Rehearsal, sheet: CueSheet, lang: str) -> Iterator[str]:
    """The report, line by line."""
    held, middle, most = seen.held_back
    where, silence = seen.longest_silence
    yield ""
    yield f"An untapped evening of {clock(seen.runtime)}:"
    coming, every = len(seen.coming_up), seen.minutes_between
    yield f"  {coming} of {len(seen.shown)} cards come up by themselves, one in {every:.1f} minutes"
    if held:
        waiting = counted(held, "card waits for its scene", "cards wait for their scene")
        yield f"  {waiting} to be safe, {middle:.0f} s in the middle and {most:.0f} s at most"
    if seen.unasked:
        yield f"  {counted(len(seen.unasked), 'question is', 'questions are')} not asked"
    if seen.silenced:
        yield f"  {counted(len(seen.silenced), 'card keeps', 'cards keep')} silent around quiet scenes"
    yield f"  the longest time without a card is {clock(silence)}, from {clock(where)}"
    for first, second in seen.overlaps:
        yield f"overlap: {pair(sheet, first, second, lang)}"
    for first, second, rest in seen.short_rests:
        yield f"gap of {rest:.0f} s: {pair(sheet, first, second, lang)}"
    yield ""
    yield "begins   notes  come up  a note every  scene"
    for load in seen.scenes:
        apart = f"{load.length / 60 / load.notes:.1f} min" if load.notes else "–"
        named = scene_name(sheet, load.scene_id, lang)
        yield f"{clock(load.start)}  {load.notes:5}  {load.comes_up:7}  {apart:12}  {named}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def pair(sheet: CueSheet, first: Shown, second: Shown, lang: str) -> str:
    names = (f"{clock(each.window.start)} {name_of(sheet, each.cue.id, lang)}" for each in (first, second))
    return " → ".join(names)


def name_of(sheet: CueSheet, cue_id: str, lang: str) -> str:
    cue = sheet.cue(cue_id)
    return words_in(cue.title or cue.text, lang, sheet.languages)[1][:60] if cue else cue_id


def scene_name(sheet: CueSheet, scene_id: str, lang: str) -> str:
    return words_in(sheet.scene(scene_id).title, lang, sheet.languages)[1] or scene_id


def clock(seconds: float) -> str:
    return durations.write(seconds)[:-4]
