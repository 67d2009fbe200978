"""Short sheets, and an evening that is played by the clock alone: what a room does, without a room."""

from dataclasses import replace

from companion.rules.alignment import Alignment, Mark
from companion.rules.cue_sheet import CueSheet
from companion.rules.playback import Playback
from companion.rules.programme import Facts, advance, jumped, wait_after

BEGINNING = 1_700_000_000.0
YES_NO = [{"id": "yes", "text": {"en": "Yes"}}, {"id": "no", "text": {"en": "No"}}]


def scene(scene_id, start=0.0, timing="guessed", **more):
    return {"id": scene_id, "start": start, "timing": timing, "title": {"en": scene_id}, **more}


def cue(cue_id, scene_id, offset=0.0, duration=20.0, kind="trivia", **more):
    asks = {"options": YES_NO} if kind in ("poll", "quiz") else {}
    if kind == "quiz":
        asks["answer"] = "yes"
    if kind == "trivia":
        asks["source"] = {"label": "A newspaper"}
    text = {"en": f"About {cue_id}."}
    return {
        "id": cue_id,
        "kind": kind,
        "scene": scene_id,
        "offset": offset,
        "duration": duration,
        "text": text,
        **asks,
        **more,
    }


def document(scenes, cues=(), runtime=7200.0, **more):
    return {
        "format": "companion-sheet/1",
        "film": {"title": {"en": "A film"}, "runtime": runtime},
        "edition": {"name": "Disc", "runtime": runtime},
        "languages": ["en"],
        "scenes": list(scenes),
        "cues": list(cues),
        "credits": {"author": "Ana", "licence": "CC BY 4.0"},
        **more,
    }


def sheet_of(scenes, cues=(), runtime=7200.0, **more):
    return CueSheet.read(document(scenes, cues, runtime, **more))


class Evening:
    """A room as its model plays it: what was due is done before an act, and again after it."""

    def __init__(self, sheet, alignment=None, now=BEGINNING, part="film", **more):
        alignment = alignment or Alignment(sheet)
        self.now = now
        self.heard = []
        playback = Playback(0.0, 1.0, now, part == "film")
        self.facts = Facts(sheet, alignment, playback, part=part, limit=alignment.limit, **more)
        self.tick()

    @property
    def position(self):
        return self.facts.playback.position_at(self.now, self.facts.limit)

    def record(self, cue_id):
        return self.facts.record(cue_id)

    def heard_of(self, what):
        return [cue_id for _, _, said, cue_id in self.heard if said == what]

    def tick(self):
        """One look of the ticker; remembers what the room heard and where the film was."""
        step = advance(self.facts, self.now)
        for what in ("released", "retimed", "closed", "results"):
            self.heard += [(self.now, self.position, what, cue_id) for cue_id in getattr(step, what)]
        self.become(records={**self.facts.records, **step.records}, wait_until=step.wait_until)
        return step

    def wait(self, seconds):
        """The clock runs; the ticker looks at every instant that is due."""
        until = self.now + seconds
        step = self.tick()
        while step.next_due_at is not None and step.next_due_at <= until:
            self.now = max(self.now, step.next_due_at)
            step = self.tick()
        self.now = until
        self.tick()

    def sleep(self, seconds):
        """The clock runs and nobody looks: a laptop asleep, a server down."""
        self.now += seconds

    def become(self, **changes):
        self.facts = replace(self.facts, **changes)

    def play(self):
        self._act(playback=self.facts.playback.play(self.now, self.facts.limit))

    def pause(self):
        self._act(playback=self.facts.playback.pause(self.now, self.facts.limit))

    def set_rate(self, rate):
        self._act(playback=self.facts.playback.set_rate(rate, self.now, self.facts.limit))

    def seek(self, position):
        self.tick()
        here = self.position
        self.become(playback=self.facts.playback.seek(position, self.now, self.facts.limit))
        self._landed(here)
        self.become(wait_until=wait_after(here, self.position, self.now) or self.facts.wait_until)
        self.tick()

    def mark(self, scene_id, position=None, answer="now"):
        here = self.position if position is None else position
        self._align(self.facts.alignment.with_mark(Mark(scene_id, here, answer)))

    def unmark(self, mark):
        self._align(self.facts.alignment.without(mark))

    def restart(self):
        """The server comes back, remembering what was committed."""
        self.become(running_since=self.now)
        self.tick()

    def change(self, **changes):
        self._act(**changes)

    def _align(self, alignment):
        self.tick()
        self.become(alignment=alignment, limit=alignment.limit)
        self._landed(self.position)
        self.tick()

    def _landed(self, from_position):
        again = jumped(self.facts, from_position, self.position)
        self.become(records={**self.facts.records, **again})

    def _act(self, **changes):
        self.tick()
        self.become(**changes)
        self.tick()
