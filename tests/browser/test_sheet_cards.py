"""Every card of every bundled sheet, in both languages, on the smallest phone: nothing cut off, Korean broken between words."""

import pytest
from playwright.sync_api import expect

from companion.web.studio_cards import html_of
from tests.browser.party import Party
from tests.sheets.bundled import NAMES, document

pytestmark = pytest.mark.browser
SMALL = {"width": 360, "height": 640}
TOO_BIG = """cards => { const stage = document.querySelector("#stage"), found = []
  for (const html of cards) {
    stage.innerHTML = html
    const card = stage.querySelector(".card"), { height, right } = card.getBoundingClientRect()
    if (height > 500 || right > innerWidth) found.push(`${card.dataset.cueId} is ${Math.round(height)} high`)
    for (const words of card.querySelectorAll(":is(h2, p, label, .poll-card__words)")) {
      if (words.scrollWidth > words.clientWidth + 1 && getComputedStyle(words).display !== "inline") found.push(`${card.dataset.cueId}: ${words.textContent}`)
      if (card.lang === "ko" && getComputedStyle(words).wordBreak !== "keep-all") found.push(`${card.dataset.cueId} breaks within words`)
    }
  }
  return found }"""


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_card_fits_the_smallest_phone(app, server, device, lang):
    with app.test_request_context():
        drawn = [html_of(cue, lang, ("en", "ko")) for name in NAMES for cue in document(name)["cues"]]
    assert all(drawn)
    with Party(server.url) as party:
        page = party.enters(device(SMALL), lang=lang)
        party.rest_at(15)
        expect(page.locator("#stage .card")).to_have_count(0)
        assert page.evaluate(TOO_BIG, drawn) == []
