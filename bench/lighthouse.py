"""What Lighthouse says of each page on a slow phone: `make bench-lighthouse`. Medians of three runs."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import requests

from bench.sync import machine
from tests.browser.party import Party
from tests.servers import ROOT, Server

TOOL = ROOT / ".ci" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
BROWSER = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage"
OK, MISSED, IMPOSSIBLE = 0, 1, 4
KINDS = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"largest-contentful-paint": "LCP", "total-blocking-time": "TBT", "cumulative-layout-shift": "CLS"}
PUBLIC, QUICKEST, OTHER = (100, 100, 100, 100), (100, 100, 100, 0), (98, 100, 100, 0)
GATES = {
    "welcome": PUBLIC,
    "join": PUBLIC,
    "room": QUICKEST,
    "television": OTHER,
    "host a night": (98, 100, 100, 100),
    "remote": OTHER,
    "studio": (98, 100, 100, 100),
    "desk": OTHER,
    "recap": OTHER,
}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="*", metavar="page", help=f"of: {', '.join(GATES)}; all unless said")
    asked.add_argument("--runs", type=int, default=3)
    how = asked.parse_args()
    browser = next((found for name in BROWSER if (found := shutil.which(name))), None)
    if browser is None or not TOOL.exists():
        print("NOT RUN: needs Chromium, and Lighthouse in .ci/lighthouse (npm ci).")
        return IMPOSSIBLE
    print(f"{machine()}; median of {how.runs}\n")
    print("| page | performance, accessibility, best practices, SEO | LCP, TBT, CLS | |\n|---|---|---|---|")
    missed = False
    with Server() as server, Party(server.url) as party, Party(server.url) as over:
        opened = addresses(server.url, party, over)
        for page in how.pages or GATES:
            reports = [report(browser, *opened[page]) for _ in range(how.runs)]
            missed |= not tell(page, reports)
    return MISSED if missed else OK


def addresses(url: str, party: Party, over: Party) -> dict[str, tuple[str, str]]:
    """(address, cookie) of each page: rooms before, in and after their film, and notes of one's own."""
    lobby = Party(url)
    guest, late = (enter(url, of.code) for of in (party, over))
    party.rest_at(21)
    over.play_at(21)
    over.do("end")
    notes = requests.post(f"{url}/api/studio", json={}, timeout=10).json()
    recap = requests.get(f"{url}/r/{over.code}/recap", headers={"Cookie": late}, timeout=10).url
    return {
        "welcome": (f"{url}/", ""),
        "join": (f"{url}/j/{lobby.code}", ""),
        "room": (f"{url}/r/{party.code}", guest),
        "television": (f"{url}/tv/{lobby.code}", ""),
        "host a night": (f"{url}/host/new", ""),
        "remote": (f"{url}/host/{party.code}#{party.host_token}", ""),
        "studio": (f"{url}/studio/", ""),
        "desk": (url + notes["edit_path"], ""),
        "recap": (recap, late),
    }


def enter(url: str, code: str) -> str:
    """A guest's cookie."""
    entered = requests.post(f"{url}/api/rooms/{code}/guests", json={"name": "Ana"}, timeout=10)
    return entered.headers["Set-Cookie"].split(";")[0]


def report(browser: str, address: str, cookie: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "report.json"
        told = ["--extra-headers", json.dumps({"Cookie": cookie})] if cookie else []
        where = ["--output=json", f"--output-path={written}", f"--chrome-flags={FLAGS}"]
        subprocess.run(
            [str(TOOL), address, "--quiet", "--only-categories=" + ",".join(KINDS), *where, *told],
            env={**os.environ, "CHROME_PATH": browser, "HOME": folder},
            check=True,
            timeout=180,
        )
        return json.loads(written.read_text("utf-8"))


def tell(page: str, reports: list[dict[str, Any]]) -> bool:
    scores = [
        round(100 * statistics.median(one["categories"][kind]["score"] for one in reports)) for kind in KINDS
    ]
    times = [middle(reports, audit) for audit in TIMES]
    holds = all(score >= gate for score, gate in zip(scores, GATES[page], strict=True))
    print(
        f"| {page} | {' · '.join(map(str, scores))} | {' · '.join(times)} | {'holds' if holds else 'MISS'} |",
        flush=True,
    )
    if not holds:
        print("\n".join(sorted({fault for one in reports for fault in faults(one)})), file=sys.stderr)
    return holds


def middle(reports: list[dict[str, Any]], audit: str) -> str:
    value = statistics.median(one["audits"][audit]["numericValue"] for one in reports)
    return {"LCP": f"{value / 1000:.2f} s", "TBT": f"{value:.0f} ms", "CLS": f"{value:.3f}"}[TIMES[audit]]


def faults(one: dict[str, Any]) -> list[str]:
    """What cost points."""
    counted = {ref["id"] for kind in KINDS for ref in one["categories"][kind]["auditRefs"] if ref["weight"]}
    failed = [one["audits"][audit] for audit in counted if one["audits"][audit]["score"] not in (None, 1)]
    return [f"  {audit['id']}: {audit['title']} {audit.get('displayValue', '')}" for audit in failed]


if __name__ == "__main__":
    sys.exit(main())
