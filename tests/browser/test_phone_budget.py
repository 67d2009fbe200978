"""Light to load: what each page weighs, how often it asks, and that it asks nobody else. The numbers are those of UX section 6."""

import gzip

import pytest

from tests.browser.party import Party
from tests.browser.studio_people import Author

pytestmark = pytest.mark.browser
KB = 1024
BUDGETS = {
    # page: (html, css, scripts, requests), compressed kB
    "/?lang=en": (4, 6, 4, 3),
    "/?lang=ko": (4, 6, 4, 3),
    "/j/{code}?lang=en": (4, 6, 4, 3),
    "/j/{code}?lang=ko": (4, 6, 4, 3),
    "/r/{code}": (5, 8, 32, 20),
    "/r/{code}?lang=ko": (
        6.5,
        8,
        32,
        20,
    ),  # the page carries its own words, and Hangul takes three bytes a letter
    "/tv/{code}": (5, 8, 34, 8),
    "/host/{code}": (8, 12, 60, 14),
    "/studio/{slug}": (
        10,
        14,
        120,
        20,
    ),  # its dialogs are in the page rather than in a script: 48 kB in all, of 142
    "/studio/{slug}/stamp": (8, 14, 120, 20),
    "/studio/{slug}/rehearse": (8, 14, 120, 20),
    "/host/new": (8, 12, 60, 14),
    "/recap": (52, 8, 8, 5),
}


@pytest.fixture(scope="module")
def party(server):
    with Party(server.url) as party:
        yield party


class Heard:
    """Every answer a page got, by kind, as it travelled."""

    def __init__(self, page):
        self.answers = []
        page.on("response", self.keep)

    def keep(self, answer):
        """What a page fetches ahead for the next one is that one's."""
        if "prefetch" not in answer.request.all_headers().get("sec-purpose", ""):
            self.answers.append(answer)

    def kilobytes(self, kind):
        wanted = [
            answer
            for answer in self.answers
            if answer.ok and answer.headers.get("content-type", "").startswith(kind)
        ]
        return sum(len(gzip.compress(answer.body(), 9)) for answer in wanted) / KB


@pytest.fixture
def opens(party, server, device):
    """opens(path): the page of whoever may see it, and all it asked for with nothing kept from before."""

    def open_page(path):
        if path.startswith("/studio"):
            author = Author(device, server, is_new=True).begins()
            page, path = author.page, path.format(slug=author.slug)
        elif path == "/recap":
            with Party(server.url) as over:
                page = over.enters(device(is_new=True))
                over.play_at(21)
                over.do("end")
            path = f"/r/{over.code}/recap"
        else:
            page = device(is_new=True)
            if path.startswith("/r/"):
                party.enters(page)
            path = path.format(code=party.code) + (f"#{party.host_token}" if "/host/{" in path else "")
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        heard = Heard(page)
        page.goto("about:blank")
        page.goto(party.url + path, wait_until="networkidle")
        return heard

    return open_page


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_keeps_within_its_weight(opens, path):
    heard = opens(path)
    weight = [heard.kilobytes(kind) for kind in ("text/html", "text/css", "text/javascript")]
    print(path, [round(size, 1) for size in weight], len(heard.answers))
    html, css, scripts, requests = BUDGETS[path]
    assert weight[0] <= html and weight[1] <= css and weight[2] <= scripts, weight
    assert len(heard.answers) <= requests, [answer.url for answer in heard.answers]


def test_no_page_asks_anybody_but_its_own_server(party, device):
    page = device()
    asked = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    party.enters(page)
    for path in ("/", f"/j/{party.code}", "/nothing"):
        page.goto(party.url + path)
    page.goto(f"{party.url}/r/{party.code}")
    page.get_by_role("link", name="More").tap()
    others = (f"/tv/{party.code}", f"/host/{party.code}#{party.host_token}", "/host/new", "/studio/")
    for path in others:
        page.goto(party.url + path, wait_until="networkidle")
    assert asked == {party.url.split("/")[2]}


def test_nothing_on_a_page_jumps_while_it_loads_or_a_film_goes_by(party, device):
    page = device(is_new=True)
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
