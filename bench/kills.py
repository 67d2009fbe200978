"""What kill -9 costs while everybody votes: `make bench-kills`. Phones run the page's own modules."""

import argparse
import sys
import time
from collections import Counter
from typing import Any

from bench.links import LINKS
from bench.sync import Direct, hurry, machine
from bench.sync_room import Evening, Phones
from bench.sync_table import Report, ms, quantile, seconds

BETWEEN = 8.0
BACK = (6.0, 12.0)
RIGHT = 0.05
OK, MISSED = 0, 1


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--phones", type=int, default=500)
    asked.add_argument("--kills", type=int, default=20)
    how = asked.parse_args()
    hurry()
    report = Report()
    with Evening() as evening:
        evening.room.ask("start")
        cue_id = evening.room.ask("ask", question="Which?", options=["1", "2", "3", "4", "5", "6"])["cue_id"]
        kinds = ((f"phone {n}", LINKS[0], (-1) ** n * 40.0, n) for n in range(how.phones))
        phones = evening.phones(kinds, Direct())
        phones.ask("join", within=60 + how.phones)
        print(f"{how.phones} phones are in; {how.kills} kills follow.", flush=True)
        measure(report, how.kills, evening, phones, cue_id)
        phones.leave()
    print(f"{'Every gate holds.' if report.holds else 'GATES MISSED.'} {machine()}")
    return OK if report.holds else MISSED


def measure(report: Report, kills: int, evening: Evening, phones: Phones, cue_id: str) -> None:
    """Everybody votes all the while; the server dies again and again."""
    lasting = kills * (BETWEEN + 4.0) + BETWEEN
    phones.ask("told")
    phones.begin("vote", cue_id=cue_id, seconds=lasting)
    died, away = [], []
    for _ in range(kills):
        time.sleep(BETWEEN)
        died.append(time.monotonic())
        evening.server.kill9()
        evening.server.start()
        away.append(time.monotonic() - died[-1])
    votes = phones.answer(within=lasting + 120)["votes"]
    vote_rows(report, evening, votes, cue_id)
    connections = [of_one for _, of_one in phones.ask("told")["connections"]]
    back = [came_back(of_one, at) for of_one in connections for at in died]
    what = f"phones back after a kill (the server was away for {quantile(away, 0.5):.1f} s)"
    holds = quantile(back, 0.95) <= BACK[0] and max(back) <= BACK[1]
    report.add(what, seconds(back), f"p95 {BACK[0]:.0f} s, most {BACK[1]:.0f} s", holds)
    off = max(one[4] for one in votes)
    report.add("the film's place was off by at most", ms(off), ms(RIGHT), off <= RIGHT)


def vote_rows(report: Report, evening: Evening, votes: list[Any], cue_id: str) -> None:
    """Nothing acknowledged was missing from any snapshot that followed, and the count is the votes."""
    acknowledged, lost = (sum(one[i] for one in votes) for i in (1, 2))
    report.add(f"of {acknowledged} acknowledged votes lost", str(lost), "0", lost == 0)
    evening.room.connect()
    tally = evening.room.host.call("snapshot", {}, timeout=10)["snapshot"]["tallies"][cue_id]
    stored = Counter(one[3] for one in votes if one[3])
    holds = tally["voters"] == sum(stored.values()) and Counter(tally["counts"]) == stored
    report.add("votes counted", str(tally["voters"]), f"{sum(stored.values())}, one for each phone", holds)


def came_back(of_one: list[Any], at: float) -> float:
    """How long after this instant one phone was connected again."""
    return next((then for then, how in of_one if how == "live" and then > at), at + 99.0) - at


if __name__ == "__main__":
    sys.exit(main())
