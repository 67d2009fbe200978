"""Far apart: everyone plays their own copy, starts it when they like and sits through their own ads (ROOM 17, 20)."""

from dataclasses import dataclass, field

import pytest

from companion.rules.cards import current, is_open_here, so_far
from companion.rules.playback import Playback
from tests.people import Evening

LOOKS = 4
"""How often in a second a phone looks where its film is."""
COUNTDOWN = 5
HEARD_EVERY = 20


@dataclass
class Watcher:
    """A guest far away. Their film starts `offset` seconds after the room's and stops for `ads`: (where, how long).

    `slip`: how late they press. Who starts late says so at once: I paused; and when it starts: it's back.
    """

    evening: Evening
    name: str
    offset: float
    ads: tuple[tuple[float, float], ...] = ()
    slip: float = 0.3
    delay: float = 0.0
    stands_at: float | None = None
    cards: dict[str, dict] = field(default_factory=dict)
    results: dict[str, dict] = field(default_factory=dict)
    shown: dict[str, float] = field(default_factory=dict)
    listed: dict[str, float] = field(default_factory=dict)
    result_seen: dict[str, float] = field(default_factory=dict)
    read: int = 0

    def __post_init__(self):
        self.phone = self.evening.guest(self.name)
        self.presses = self.script()

    def script(self):
        """(room's position, what they press then), in order."""
        if self.offset < 0:
            presses = [(0.0, lambda at: self.says(self.offset))]
        elif self.offset > 2:
            presses = [(0.0, self.away), (self.offset + self.slip, self.back)]
        else:
            presses = [(self.offset + self.slip, self.says)]
        for where, length in self.ads:
            begins = self.moment(where, at_the_ad=True)
            presses += [(begins + self.slip, self.away), (begins + length + self.slip, self.back)]
        return presses

    def moment(self, film_time, at_the_ad=False):
        """The room's position at which this guest sees what their film has at `film_time`."""
        before = sum(length for where, length in self.ads if where < film_time)
        after = 0 if at_the_ad else sum(length for where, length in self.ads if where == film_time)
        return film_time + self.offset + before + after

    def says(self, delay, in_ad=False):
        self.delay = round(delay, 1)
        self.stands_at = None
        assert self.phone.do("set_delay", seconds=self.delay, in_ad=in_ad)["delay"] == self.delay

    def away(self, at):
        stands_at, self.left_at = at - self.delay, at
        self.says(self.delay, in_ad=True)
        self.stands_at = stands_at

    def back(self, at):
        self.says(self.delay + at - self.left_at)

    def own(self, position):
        return position - self.delay if self.stands_at is None else self.stands_at

    def looks(self, position, now):
        """One look at the phone: what is on it for the first time is kept with where the room was."""
        while self.presses and self.presses[0][0] <= position:
            self.presses.pop(0)[1](position)
        own, held = self.own(position), list(self.cards.values())
        for cue_id, result in self.results.items():
            if now >= result["shown_at"] and own >= result["at_position"]:
                self.result_seen.setdefault(cue_id, position)
        if card := current(held, own, self.result_seen):
            self.shown.setdefault(card["cue_id"], position)
        for card in so_far(held, own):
            self.listed.setdefault(card["cue_id"], position)

    def may_vote(self, cue_id, position):
        return is_open_here(self.cards[cue_id], self.own(position), self.result_seen)

    def listens(self):
        self.phone.listen()
        for name, fact in self.phone.log[self.read :]:
            if name == "cards_released":
                self.cards |= {card["cue_id"]: card for card in fact["cards"] if card["part"] == "film"}
            elif name == "poll_closed" and fact["cue_id"] in self.cards:
                self.cards[fact["cue_id"]]["closed"] = True
            elif name == "result_shown" and fact["cue_id"] in self.cards:
                self.results[fact["cue_id"]] = fact
        self.read = len(self.phone.log)


class FarApart:
    """The room, its host and the watchers; `until` plays the evening, every phone looking all the time."""

    def __init__(self, evening, *watchers):
        self.evening, self.host = evening, evening.host()
        self.watchers = [Watcher(evening, *told) for told in watchers]
        self.host.do("start", countdown=COUNTDOWN)
        self.playback = Playback(**self.host.snapshot()["playback"])
        for watcher in self.watchers:
            watcher.listens()

    def __getitem__(self, name):
        return next(watcher for watcher in self.watchers if watcher.name == name)

    @property
    def position(self):
        return self.playback.position_at(self.evening.now, 780)

    def until(self, position):
        while self.position < position:
            self.second()

    def second(self):
        before = self.evening.now
        self.evening.later(1, step=1)
        if round(self.position) % HEARD_EVERY == 0:
            self.evening.hear()
        for look in range(1, LOOKS + 1):
            now = before + look / LOOKS
            if now > self.playback.since:
                for watcher in self.watchers:
                    watcher.looks(self.playback.position_at(now), now)
        for watcher in self.watchers:
            watcher.listens()


@pytest.fixture
def apart(app, time):
    evenings = []

    def gather(*watchers, pace="calm"):
        evenings.append(Evening(app, time, apart=True, pace=pace))
        return FarApart(evenings[-1], *watchers)

    yield gather
    for evening in evenings:
        evening.close()


EIGHT = (
    ("Ana", -2.0),
    ("Bo", 0.4, (), 0.2),
    ("Chi", 1.5, ((33.0, 15.0),)),
    ("Dee", 20.0, ((60.0, 30.0), (130.0, 20.0)), 0.5),
    ("Eli", 75.0),
    ("Fay", 180.0, ((45.0, 60.0),), 0.7),
    ("Gus", 420.0, ((15.0, 20.0), (110.0, 45.0)), 0.1),
    ("Hyo", 600.0),
)


def test_eight_guests_up_to_ten_minutes_apart_each_get_every_card_within_a_second_of_their_own_moment(apart):
    evening = apart(*EIGHT)
    evening.until(779)
    for watcher in evening.watchers:
        pushed = [card for card in watcher.cards.values() if card["pushed"] and card["kind"] != "warning"]
        assert len(pushed) >= 7
        for card in pushed:
            own = watcher.moment(card["start"])
            assert watcher.shown[card["cue_id"]] - own == pytest.approx(0, abs=1), (
                watcher.name,
                card["cue_id"],
            )
        for card in watcher.cards.values():
            if card["kind"] != "warning":
                off = watcher.listed[card["cue_id"]] - watcher.moment(card["start"])
                assert off == pytest.approx(0, abs=1), (watcher.name, card["cue_id"])


def test_who_never_says_that_their_film_starts_late_is_shown_cards_early(apart):
    """The measure can fail."""
    evening = apart(("Ana", 20.0))
    evening["Ana"].presses.clear()
    evening.until(8)
    assert evening["Ana"].shown["eleven-keys"] < evening["Ana"].moment(4) - 19


def test_the_countdown_begins_the_film_on_all_phones_at_one_instant(apart):
    evening = apart(("Ana", 0.4), ("Bo", 0.4))
    started = evening.evening.now
    for watcher in evening.watchers:
        told = watcher.phone.heard("playback_changed")[-1]["playback"]
        assert told == {
            "position": 0,
            "rate": 1,
            "since": pytest.approx(started + COUNTDOWN),
            "is_playing": True,
        }
    evening.evening.later(COUNTDOWN)
    assert evening.position == pytest.approx(0)
    evening.until(6)
    assert [w.shown["eleven-keys"] for w in evening.watchers] == [pytest.approx(4.4, abs=1)] * 2
    assert len({w.shown["eleven-keys"] for w in evening.watchers}) == 1


def test_the_vote_of_whoever_is_furthest_behind_counts_and_the_result_waits_for_them(apart):
    evening = apart(("Ana", 0.4), ("Bo", 60.0))
    late, poll = evening["Bo"], "should-it-close"
    evening.until(90)
    end = late.cards[poll]["end"]
    evening.until(late.moment(end) - 2)
    assert evening["Ana"].cards[poll]["closed"] and late.may_vote(poll, evening.position)
    late.phone.do("vote", cue_id=poll, option_id="yes")
    assert poll not in evening["Ana"].results
    evening.until(late.moment(end) + 5)
    for watcher in evening.watchers:
        assert watcher.results[poll]["counts"]["yes"] == 1
        assert watcher.result_seen[poll] == pytest.approx(end + late.delay + 2 + 1, abs=1.5)


def test_no_result_waits_longer_than_92_seconds_and_who_is_further_behind_meets_the_poll_closed(apart):
    evening = apart(("Ana", 0.4), ("Bo", 130.0), pace="talkative")
    ana, late, poll, begins, ends = evening["Ana"], evening["Bo"], "who-started-it", 137, 152
    evening.until(ends + 91)
    assert ana.cards[poll]["closed"] and poll not in ana.results
    evening.until(ends + 95)
    assert ana.result_seen[poll] == pytest.approx(ends + 92 + 1, abs=1.5)
    assert late.phone.refused("vote", cue_id=poll, option_id="ghost") == "closed"
    evening.until(late.moment(begins) + 2)
    assert late.shown[poll] == pytest.approx(late.moment(begins), abs=1)
    assert late.cards[poll]["closed"] and poll not in late.result_seen
    evening.until(late.moment(ends) + 2)
    assert late.result_seen[poll] == pytest.approx(late.moment(ends), abs=1)


def test_a_guest_who_has_gone_is_not_waited_for(apart):
    evening = apart(("Ana", 0.4), ("Bo", 20.0))
    evening.until(25)
    evening["Bo"].phone.leave()
    evening.until(100)
    end = evening["Ana"].cards["should-it-close"]["end"]
    assert evening["Ana"].result_seen["should-it-close"] == pytest.approx(end + 0.7 + 2 + 1, abs=1.5)


def test_the_host_sees_who_is_where(apart):
    evening = apart(("Ana", 0.4), ("Bo", 40.0), ("Chi", 0.4, ((50.0, 30.0),)))
    evening.until(60)
    people = evening.host.heard("people_changed")[-1]["people"]
    listed = {
        person["name"]: (person["delay"], person["in_ad"], person["presence"]) for person in people["list"]
    }
    assert listed["Ana"] == (pytest.approx(0.7, abs=0.3), False, "here")
    assert listed["Bo"] == (pytest.approx(40.4, abs=0.5), False, "here")
    assert listed["Chi"][1:] == (True, "here")
    assert (people["here"], people["in_step"], people["behind"]) == (3, 2, 1)
    evening.until(85)
    people = evening.host.heard("people_changed")[-1]["people"]
    chi = next(person for person in people["list"] if person["name"] == "Chi")
    assert chi["delay"] == pytest.approx(30.7, abs=0.5) and not chi["in_ad"]
    assert (people["in_step"], people["behind"]) == (1, 2)


def test_nobody_but_the_host_pauses_for_everyone(apart):
    evening = apart(("Ana", 0.4))
    assert evening["Ana"].phone.refused("pause") == "not_host"
