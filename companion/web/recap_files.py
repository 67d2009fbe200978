"""What one may keep of a night: CSV, JSON, a picture, one HTML file. The same room gives the same bytes."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from flask import current_app, render_template
from markupsafe import Markup

from companion.languages import gettext as _
from companion.languages import ngettext
from companion.rules.recap import Moment, Own, Recap, Split
from companion.rules.recap_picture import Words, clock, poster, pulse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
KEPT_STYLES = ("tokens", "kept", "recap")


def words(told: Recap) -> Words:
    """What the picture and the line say."""
    night = told.night
    film = f"{night.film_title} ({night.year})" if night.year else night.film_title
    return Words(
        title=night.name,
        film=film if night.name != night.film_title else str(night.year or ""),
        facts=facts(told),
        description=description(told),
        moments=_("What the room came back to"),
        question=_("What split the room"),
    )


def facts(told: Recap) -> str:
    count = len(told.night.people)
    said = [ngettext("%(count)s person", "%(count)s people", count)]
    if told.reactions:
        said.append(ngettext("%(count)s reaction", "%(count)s reactions", told.reactions))
    if told.votes:
        said.append(ngettext("%(count)s vote", "%(count)s votes", told.votes))
    return " · ".join(said)


def description(told: Recap) -> str:
    if not told.moments:
        return _("Nobody reacted during the film.")
    places = ", ".join(clock(moment.position, told.night.runtime) for moment in told.moments)
    return _("Reactions over the film. The most at %(places)s.", places=places)


def line(told: Recap) -> Markup:
    return Markup(pulse(told, words(told)))  # every word in it is escaped where it is drawn


def place_in(told: Recap) -> Callable[[float], str]:
    """Film positions as this room's pages write them."""
    return lambda position: clock(position, told.night.runtime)


def picture(told: Recap, wide: bool) -> str:
    return poster(told, words(told), 1920, 1080) if wide else poster(told, words(told))


def kept_html(told: Recap, mine: Own | None, is_full: bool) -> str:
    """One file without network, script or other files; the look travels inside it."""
    folder = Path(str(current_app.static_folder)) / "css"
    style = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in KEPT_STYLES)
    return render_template(
        "recap/kept.html",
        told=told,
        mine=mine,
        line=line(told),
        place=place_in(told),
        words=words(told),
        is_full=is_full,
        style=Markup(f"<style>{style}</style>"),
    )


def as_json(told: Recap) -> str:
    """Counts, never who (`companion-recap/1`)."""
    night = told.night
    document = {
        "format": "companion-recap/1",
        "room": {"name": night.name, "film": night.film_title, "year": night.year, "runtime": night.runtime},
        "people": len(night.people),
        "reactions": told.reactions,
        "votes": told.votes,
        "questions": [as_question(split) for split in told.splits],
        "asked_twice": [[before.question.cue_id, after.question.cue_id] for before, after in told.twice],
        "most_split": told.most_split and told.most_split.question.cue_id,
        "most_unanimous": told.most_unanimous and told.most_unanimous.question.cue_id,
        "moments": [as_moment(moment) for moment in told.moments],
        "bins": [[b.position, b.count, round(b.share, 4)] for b in told.bins],
        "emoji": emoji_by_bin(told),
        "discussion": list(night.discussion),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_question(split: Split) -> dict[str, object]:
    asked = split.question
    options = [
        {"id": c.option_id, "text": c.text, "votes": c.count, "hands": c.hands, "is_answer": c.is_answer}
        for c in split.choices
    ]
    return {
        "id": asked.cue_id,
        "kind": asked.kind,
        "part": asked.part,
        "text": asked.text,
        "position": asked.position,
        "options": options,
        "evenness": round(split.evenness, 4),
    }


def as_moment(moment: Moment) -> dict[str, object]:
    scene = moment.scene.scene_id if moment.scene else None
    return {"position": moment.position, "count": moment.count, "emoji": moment.emoji, "scene": scene}


def emoji_by_bin(told: Recap) -> list[list[object]]:
    """[position, emoji, count] in bins of five seconds."""
    counts: dict[tuple[int, str], int] = {}
    for reaction in told.night.reactions:
        key = (reaction.bin, reaction.emoji)
        counts[key] = counts.get(key, 0) + reaction.count
    return [[at * 5, emoji, counts[at, emoji]] for at, emoji in sorted(counts)]


def as_csv(told: Recap) -> str:
    """RFC 4180: one row per answer and per five seconds with reactions; formula starters are guarded."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["what", "position", "question", "answer", "votes", "hands", "right"])
    for split in told.splits:
        for choice in split.choices:
            rows.writerow(
                [
                    split.question.kind,
                    "" if split.question.position is None else f"{split.question.position:.1f}",
                    guarded(split.question.text),
                    guarded(choice.text),
                    choice.count,
                    choice.hands,
                    "yes" if choice.is_answer else "",
                ]
            )
    for at, emoji, count in emoji_by_bin(told):
        rows.writerow(["reaction", at, "", guarded(str(emoji)), count, 0, ""])
    return out.getvalue()


def guarded(text: str) -> str:
    """A spreadsheet must not take a guest's words for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
