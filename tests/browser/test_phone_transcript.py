"""A guest who sees nothing and has only keys plays the whole demo party; what was pressed and said is a golden file.

`COMPANION_GOLDEN=write` writes it anew: read it aloud before keeping it.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
GOLDEN = Path(__file__).parent.parent / "golden" / "by_keys_and_ears.txt"
LISTENS = """addEventListener("DOMContentLoaded", () => {
  const regions = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]"
  new MutationObserver((changes) => {
    for (const region of new Set(changes.map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(regions)))) {
      const words = region?.checkVisibility() && region.innerText.trim()
      if (words) heard(region.role === "alert" ? "at once" : "politely", words)
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
})"""
FOCUS = """() => {
  const here = document.activeElement
  const roles = { A: "link", BUTTON: "button", SUMMARY: "summary", BODY: "page", DIALOG: "dialog", INPUT: "field" }
  const role = ["radio", "checkbox"].includes(here.type) ? here.type : roles[here.tagName]
  const words = here.ariaLabel ?? here.labels?.[0]?.innerText ?? (here === document.body ? "" : here.innerText)
  const rings = [here, here.closest(".poll-card__option") ?? here].map((ring) => getComputedStyle(ring).outlineStyle)
  return { role, words, checked: here.checked ?? null, isSeen: here === document.body || rings.some((style) => style !== "none") }
}"""


class Blind:
    """A guest with a keyboard and a screen reader, and what became of both."""

    def __init__(self, page: Any) -> None:
        self.page, self.lines, self.unread = page, [], []
        page.expose_function("heard", lambda how, words: self.unread.append((how, words)))
        page.add_init_script(LISTENS)

    def at(self, place: str) -> None:
        self.lines += ["", place]

    def focus(self) -> str:
        here = self.page.evaluate(FOCUS)
        assert here["isSeen"], f"no ring around {here}"
        chosen = {True: ", chosen", False: "", None: ""}[here["checked"]]
        return f"{here['role']} “{told(here['words'])[:60]}”{chosen}"

    def tabs_to(self, words: str, key: str = "Tab") -> None:
        for count in range(1, 40):
            self.page.keyboard.press(key)
            if words in (here := self.focus()):
                self.lines.append(f"  {f'{key} × {count}':<14} {here}")
                return
        raise AssertionError(f"{key} never came to {words}")

    def presses(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.lines.append(f"  {key:<14} {self.focus()}")

    def goes_by(self, key: str, where: str) -> None:
        """Presses what opens another page."""
        self.page.keyboard.press(key)
        self.page.wait_for_url(where)
        self.lines.append(f"  {key:<14} opens “{self.page.title().removeprefix('• ')}”")

    def answers(self, key: str) -> None:
        self.presses(key)
        self.tabs_to("Vote")
        self.presses("Enter")
        expect(self.page.locator("#stage .poll-card__left:visible")).to_contain_text("Saved.")
        self.reads("#stage .poll-card__left")

    def reads(self, selector: str) -> None:
        """What a reading cursor finds in that place, without the focus having moved."""
        shown = self.page.locator(f"{selector}:visible").last
        expect(shown).not_to_be_empty()
        self.lines.append(f"  {'reads':<14} {told(shown.inner_text())}")

    def hears(self, expected: str) -> None:
        """This comes next, and nothing else came before it."""
        for _ in range(200):
            if self.unread:
                break
            self.page.wait_for_timeout(100)
        assert self.unread, f"nothing was said; waited for {expected}"
        how, words = self.unread.pop(0)
        self.lines.append(f"  {'hears':<14} {told(words)}{'' if how == 'politely' else f' ({how})'}")
        assert told(words).startswith(expected), (words, expected)


def told(words: str) -> str:
    """On one line; how many seconds are left, and where the film is paused, depends on the machine."""
    return re.sub(r"\d+(?= seconds?)|(?<=at )\d:\d\d:\d\d", "…", " ".join(words.split()))


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


def on_stage(page, cue_id):
    expect(page.locator(f"#stage [data-cue-id={cue_id}]:not([data-leaving])")).to_be_visible()


def test_a_guest_plays_the_whole_evening_by_keys_and_ears_alone(party, context):
    page = context(has_touch=False).new_page()
    guest = Blind(page)

    guest.at("At the door")
    page.goto(party.url)
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(party.code)
    page.wait_for_url("**/j/**")
    guest.lines.append("  types the code; the room’s door opens by itself")
    guest.tabs_to("field")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Mina")
    guest.tabs_to("I’m in")
    guest.goes_by("Enter", "**/r/**")
    page.wait_for_selector("html[data-connection=live]")

    guest.at("In the lobby: two cards to page through, of which one asks")
    guest.tabs_to("Next")
    guest.presses("Enter")
    guest.tabs_to("radio", "Shift+Tab")
    guest.answers("ArrowDown")

    guest.at("The film: a note comes; the focus stays where it was")
    party.rest_at(6)
    on_stage(page, "eleven-keys")
    guest.hears("A note.")
    guest.reads("#stage .card")
    guest.tabs_to("Love")
    guest.presses("Enter")
    guest.tabs_to("So far")
    guest.presses("Enter")
    guest.presses("Escape")

    guest.at(
        "A poll: moving through the answers never votes, the button does; there is more time for whoever needs it"
    )
    party.do("play")
    party.seek(21)
    guest.hears("A poll, … seconds.")
    guest.tabs_to("More time", "Shift+Tab")
    guest.presses("Enter")
    guest.hears("… seconds left.")
    party.do("pause")
    guest.tabs_to("radio", "Shift+Tab")
    guest.answers("ArrowDown")

    guest.at("Everything read aloud from here on")
    guest.tabs_to("More")
    guest.presses("Enter")
    guest.tabs_to("read everything")
    guest.presses("Space")
    guest.presses("Escape")

    guest.at("A quiz, its answer and why")
    party.do("set_pace", pace="calm")
    party.do("play")
    party.seek(58)
    guest.hears("A quiz, … seconds. Quiz On the stairs")
    guest.tabs_to("radio", "Shift+Tab")
    guest.answers("ArrowDown")
    party.do("close_poll", cue_id="how-many-keys")
    guest.hears("The result.")
    party.do("hold", cue_id=None, on=True)

    guest.at("A pause for everyone")
    guest.tabs_to("Pause for all")
    guest.presses("Enter")
    expect(page.get_by_text("paused", exact=True)).to_be_visible()
    guest.reads(".film-position__words")

    guest.at("After the film: silence, then one thing at a time, then the evening told back")
    party.do("film_over")
    expect(page.locator("body[data-silent]")).to_be_attached()
    guest.reads(".after-part__line")
    party.do("next")
    guest.hears("A question to talk about.")
    party.do("end")
    expect(page.locator(".after-part__recap")).to_be_visible()
    guest.tabs_to("See what the evening was")
    guest.goes_by("Enter", "**/recap**")

    assert guest.unread == [], "more was said than the golden file tells"
    assert party.votes("first-smell") == {"popcorn": 1}
    kept_as_golden("\n".join(guest.lines).strip() + "\n")


def kept_as_golden(told: str) -> None:
    if os.environ.get("COMPANION_GOLDEN") == "write":
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
