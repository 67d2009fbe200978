"""What the phones' clocks were worth: rows with their gates, beside two naive clocks that must miss them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

GATES = {"LAN": (1, None, 3), "wifi": (3, 5, 10), "LTE": (8, None, 15), "bad": (25, None, 50)}
"""Clock error in ms: p95, p99 and most."""
BIAS = (22.0, 28.0)
"""What an asymmetric way must read, ms: half of the difference, or the bench cheats."""
WITHIN_BOUND = 0.999
SETTLED = 1.5


@dataclass
class Row:
    """One line of the report."""

    what: str
    measured: str
    gate: str
    holds: bool
    beside: str = ""


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, measured: str, gate: str, holds: bool, beside: str = "") -> None:
        self.rows.append(Row(what, measured, gate, holds, beside))
        print(
            f"  {'ok  ' if holds else 'MISS'} {what}: {measured} (gate {gate}){'; ' + beside if beside else ''}",
            flush=True,
        )

    @property
    def holds(self) -> bool:
        return all(row.holds for row in self.rows)

    def markdown(self) -> str:
        head = "| measure | measured | gate | | naive clocks on the same answers |\n|---|---|---|---|---|\n"
        line: Callable[[Row], str] = lambda row: (
            f"| {row.what} | {row.measured} | {row.gate} | {'holds' if row.holds else '**missed**'} | {row.beside} |\n"
        )
        return head + "".join(line(row) for row in self.rows)


def quantile(values: Sequence[float], share: float) -> float:
    """NaN of nothing."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def three(errors: Sequence[float]) -> str:
    return f"p95 {ms(quantile(errors, 0.95))} · p99 {ms(quantile(errors, 0.99))} · most {ms(max(errors, default=math.nan))}"


Sample = list[float | None]


def clock_rows(report: Report, samples: dict[str, list[Sample]], slack: float, naive_must_miss: bool) -> None:
    """One row for each link, and one for the bound. `slack` widens the gates, for short runs on small machines."""
    for name, found in samples.items():
        errors = [abs(sample[1]) for sample in found if sample[1] is not None]
        single = [abs(sample[3]) for sample in found if sample[3] is not None]
        mean = [abs(sample[4]) for sample in found if sample[4] is not None]
        beside = f"one answer: p95 {ms(quantile(single, 0.95))}, most {ms(max(single))}; mean of five: p95 {ms(quantile(mean, 0.95))}, most {ms(max(mean))}"
        if name in GATES:
            p95, p99, most = (gate and gate * slack / 1000 for gate in GATES[name])
            holds = quantile(errors, 0.95) <= p95 and max(errors) <= most
            holds = holds and (p99 is None or quantile(errors, 0.99) <= p99)
            gate = f"p95 {ms(p95)}{f', p99 {ms(p99)}' if p99 else ''}, most {ms(most)}"
            report.add(f"clock error, {name}", three(errors), gate, holds, beside)
            if name == "wifi" and naive_must_miss:
                misses = quantile(single, 0.95) > p95 and quantile(mean, 0.95) > p95 and max(single) > most
                said = f"one answer p95 {ms(quantile(single, 0.95))}, mean of five p95 {ms(quantile(mean, 0.95))}"
                report.add("the naive clocks miss the wifi gates", said, f"both over {ms(p95)}", misses)
        else:
            middle = quantile([sample[1] * 1000 for sample in found if sample[1] is not None], 0.5)
            holds = BIAS[0] <= abs(middle) <= BIAS[1]
            report.add(f"{name} 60/10 ms reads", f"{abs(middle):.1f} ms", "25 ±3 ms", holds, beside)
    for name, found in samples.items():
        inside = [abs(s[1]) <= s[2] for s in found if s[1] is not None and s[2] is not None]
        share = sum(inside) / max(1, len(inside))
        said = f"{share:.4%} of {len(inside)}, bound p50 {ms(quantile([s[2] for s in found if s[2] is not None], 0.5))}"
        report.add(f"true error within the published bound, {name}", said, "99.9 %", share >= WITHIN_BOUND)


def settled_row(
    report: Report, what: str, settling: dict[str, list[tuple[float, list[Sample]]]], slack: float
) -> None:
    """Seconds from joining or waking until the error stays within the link's largest allowed one."""
    for name, found in settling.items():
        allowed = (GATES[name][2] if name in GATES else 30) * slack / 1000
        took = [settled(since, samples, allowed) for since, samples in found]
        said = f"p50 {quantile(took, 0.5):.2f} s · p95 {quantile(took, 0.95):.2f} s · most {max(took):.2f} s"
        report.add(
            f"settled after {what}, {name}",
            said,
            f"p95 {SETTLED * slack:.1f} s",
            quantile(took, 0.95) <= SETTLED * slack,
        )


def settled(since: float, samples: list[Sample], allowed: float) -> float:
    wrong = [s[0] for s in samples if s[0] is not None and (s[1] is None or abs(s[1]) > allowed)]
    right = [s[0] for s in samples if s[0] is not None and s[0] > max(wrong, default=since)]
    return min(right) - since if right and wrong else (0.0 if right else math.inf)
