"""How long a recap takes: 50 guests, three hours, 20,000 reactions, 60 questions, all files of it."""

import random
import statistics
import time

from companion.rules.night import Night, Person, Question, Reaction, Scene
from companion.rules.recap import own, recap, without_spoilers
from companion.rules.recap_picture import Words, poster, pulse

GUESTS, HOURS, REACTIONS, QUESTIONS, ROUNDS = 50, 3, 20_000, 60, 9
GATE = 1.0
WORDS = Words("Friday film", "A long film (2001)", "50 people", "When the room reacted", "Moments", "Split")


def night(seed: int) -> Night:
    chance = random.Random(seed)
    counts: dict[tuple[str, int, str], int] = {}
    for _ in range(REACTIONS):
        key = (f"g{chance.randrange(GUESTS)}", chance.randrange(HOURS * 720), chance.choice("😂😱😭❤"))
        counts[key] = counts.get(key, 0) + 1
    options = tuple((key, f"Answer {key}") for key in "abcd")
    votes = [{f"g{i}": chance.choice("abcd") for i in range(GUESTS)} for _ in range(QUESTIONS)]
    asked = [
        Question(f"q{i}", "poll", "film", f"Question {i}?", options, i * 170.0, votes=given)
        for i, given in enumerate(votes)
    ]
    return Night(
        name="Friday film",
        film_title="A long film",
        year=2001,
        runtime=HOURS * 3600,
        people=tuple(Person(f"g{i}", f"Guest {i}", i * 20.0) for i in range(GUESTS)),
        scenes=tuple(Scene(f"s{i}", i * 240.0, f"Scene {i}", f"Watch {i}") for i in range(45)),
        questions=tuple(asked),
        reactions=tuple(Reaction(*key, n) for key, n in sorted(counts.items())),
    )


def everything(log: Night) -> None:
    told = recap(log)
    plain = without_spoilers(told)
    for each in (told, plain):
        pulse(each, WORDS)
        poster(each, WORDS)
        poster(each, WORDS, 1920, 1080)
    for person in log.people:
        own(told, person.guest_id)


def seconds(log: Night) -> float:
    began = time.perf_counter()
    everything(log)
    return time.perf_counter() - began


def main() -> None:
    log = night(1)
    taken = sorted(seconds(log) for _ in range(ROUNDS))
    print(
        f"{GUESTS} guests, {HOURS} h, {REACTIONS} reactions, {QUESTIONS} questions; all files, all own parts"
    )
    print(f"median {statistics.median(taken):.3f} s, worst of {ROUNDS} {taken[-1]:.3f} s (gate {GATE} s)")
    raise SystemExit(taken[len(taken) // 2] > GATE)


if __name__ == "__main__":
    main()
