"""What the phones' clocks were worth: rows with their gates, beside two naive clocks that must miss them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

GATES = {
    "LAN": (1, None, 3),
    "wifi": (3, 5, 10),
    "LTE": (8, None, 15),
    "bad": (25, None, 50),
    "slow": (25, None, 50),
}
"""Clock error in ms: p95, p99 and most."""
BIAS = (22.0, 28.0)
"""What an asymmetric way must read, ms: half of the difference, or the bench cheats."""
WITHIN_BOUND = 0.999
SETTLED = 1.5
JOINED_WITH_LOSSES = {"bad": 2.2}
"""Seconds. One in seven who join over the bad link loses a packet on the way in, which TCP repeats after
0.6 s, the first one after a second. The slow link is the same without losses, and held to the usual gate."""

Sample = list[float | None]
AT, ERROR, BOUND, SINGLE, MEAN, PLACE = range(6)
"""What bench/sync_phone.mjs puts into a sample, in seconds."""


@dataclass
class Row:
    """One line of the report."""

    what: str
    measured: str
    gate: str
    holds: bool
    beside: str = ""

    @property
    def markdown(self) -> str:
        verdict = "holds" if self.holds else "**missed**"
        return f"| {self.what} | {self.measured} | {self.gate} | {verdict} | {self.beside} |\n"

    @property
    def line(self) -> str:
        verdict = "ok  " if self.holds else "MISS"
        return f"  {verdict} {self.what}: {self.measured} (gate {self.gate})" + (
            self.beside and f"; {self.beside}"
        )


@dataclass
class Report:
    """Rows, said aloud as they come."""

    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, measured: str, gate: str, holds: bool, beside: str = "") -> None:
        self.rows.append(Row(what, measured, gate, holds, beside))
        print(self.rows[-1].line, flush=True)

    @property
    def holds(self) -> bool:
        return all(row.holds for row in self.rows)

    def markdown(self) -> str:
        head = "| measure | measured | gate | | naive clocks, same answers |\n|---|---|---|---|---|\n"
        return head + "".join(row.markdown for row in self.rows)


def quantile(values: Sequence[float], share: float) -> float:
    """NaN of nothing."""
    ordered = sorted(values) or [math.nan]
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def spread(errors: Sequence[float]) -> str:
    shares = " · ".join(f"p{share} {ms(quantile(errors, share / 100))}" for share in (95, 99))
    return f"{shares} · most {ms(quantile(errors, 1))}"


def sizes(samples: list[Sample], which: int) -> list[float]:
    return [abs(value) for sample in samples if (value := sample[which]) is not None]


def clock_rows(report: Report, samples: dict[str, list[Sample]], slack: float, naive_must_miss: bool) -> None:
    """One row for each link, and one for the bound. `slack` widens the gates, for short runs."""
    for name, found in samples.items():
        if name in GATES:
            error_row(report, name, found, slack)
        else:
            bias_row(report, name, found)
    if naive_must_miss:
        naive_row(report, samples["wifi"])
    for name, found in samples.items():
        bound_row(report, name, found)


def error_row(report: Report, name: str, found: list[Sample], slack: float) -> None:
    errors = sizes(found, ERROR)
    p95, p99, most = (gate and gate * slack / 1000 for gate in GATES[name])
    assert p95 and most
    holds = quantile(errors, 0.95) <= p95 and max(errors) <= most
    holds = holds and (p99 is None or quantile(errors, 0.99) <= p99)
    gate = f"p95 {ms(p95)}{f', p99 {ms(p99)}' if p99 else ''}, most {ms(most)}"
    report.add(f"clock error, {name}", spread(errors), gate, holds, naive(found))


def naive(found: list[Sample]) -> str:
    single, mean = sizes(found, SINGLE), sizes(found, MEAN)
    return f"one answer: {spread(single)}; mean of five: {spread(mean)}"


def bias_row(report: Report, name: str, found: list[Sample]) -> None:
    middle = quantile(sizes(found, ERROR), 0.5) * 1000
    holds = BIAS[0] <= middle <= BIAS[1]
    report.add(f"{name} 60/10 ms reads", f"{middle:.1f} ms", "25 ±3 ms", holds, naive(found))


def naive_row(report: Report, found: list[Sample]) -> None:
    """The bench must be able to fail: each of these two must miss a gate that ours holds."""
    gates = [
        (share, gate / 1000) for share, gate in zip((0.95, 0.99, 1.0), GATES["wifi"], strict=True) if gate
    ]
    misses = all(
        any(quantile(sizes(found, which), share) > gate for share, gate in gates) for which in (SINGLE, MEAN)
    )
    report.add("the naive clocks miss the wifi gates", naive(found), "each misses one", misses)


def bound_row(report: Report, name: str, found: list[Sample]) -> None:
    both = [(s[ERROR], s[BOUND]) for s in found]
    inside = [abs(error) <= bound for error, bound in both if error is not None and bound is not None]
    share = sum(inside) / max(1, len(inside))
    said = f"{share:.3%} of {len(inside)} samples; bound p50 {ms(quantile(sizes(found, BOUND), 0.5))}"
    report.add(f"true error within the published bound, {name}", said, "99.9 %", share >= WITHIN_BOUND)


Settling = dict[str, list[tuple[float, list[Sample]]]]


def settled_rows(report: Report, what: str, settling: Settling, slack: float) -> None:
    """Seconds from joining or waking until the error stays within the link's largest allowed one."""
    for name, found in settling.items():
        allowed = (GATES[name][2] if name in GATES else 30) * slack / 1000
        took = [settled(since, samples, allowed) for since, samples in found]
        gate = (JOINED_WITH_LOSSES.get(name, SETTLED) if what == "joining" else SETTLED) * slack
        holds = quantile(took, 0.95) <= gate
        report.add(f"settled after {what}, {name}", seconds(took), f"p95 {gate:.1f} s", holds)


def seconds(took: Sequence[float]) -> str:
    return " · ".join(
        f"{word} {quantile(took, q):.2f} s" for word, q in (("p50", 0.5), ("p95", 0.95), ("most", 1))
    )


def settled(since: float, samples: list[Sample], allowed: float) -> float:
    """0 when it was right from the first look on; never is infinite."""
    times = [sample[AT] or 0.0 for sample in samples]
    errors = [sample[ERROR] for sample in samples]
    wrong = [at for at, off in zip(times, errors, strict=True) if off is None or abs(off) > allowed]
    if not wrong:
        return 0.0
    return min((at for at in times if at > wrong[-1]), default=math.inf) - since
