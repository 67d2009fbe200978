"""The recap in a browser: the file that needs no network, the picture, questions one at a time; and the demo."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.evening import LAPTOP, PHONE, Guest, Host, Person, gathering
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def people(devices, server):
    with gathering(devices, server.url) as another:
        yield another


@pytest.fixture(scope="module")
def finished(people):
    """One short evening with three guests, for all tests here; its host, its guests and the link of its recap."""
    host = people(Host).has_night()
    guests = [people(Guest).comes_in(host.code, name) for name in ("Ana", "민수", "Sol")]
    host.start()
    host.go_to("21")
    for guest, option in zip(guests, ("rain", "velvet", "rain"), strict=True):
        guest.vote("first-smell", option)
    host.go_to("38")
    host.page.wait_for_timeout(4_000)
    host.page.click("[data-film-over]")
    host.page.click("[data-next]")
    host.last_act("next")
    host.page.click("[data-next]")
    guests[0].page.goto(f"{host.url}/r/{host.code}/recap")
    return host, guests, guests[0].page.url


def test_the_kept_page_opens_with_no_network_at_all(people, finished, tmp_path):
    _, guests, _ = finished
    with guests[0].page.expect_download() as downloaded:
        guests[0].page.locator("a[href*='night-full.html']").click()
    kept = tmp_path / downloaded.value.suggested_filename
    downloaded.value.save_as(kept)
    assert kept.stat().st_size <= 200_000
    reader = people(Person, PHONE, is_new=True)
    asked = []
    reader.context.route("**/*", lambda route: asked.append(route.request.url) or route.continue_())
    reader.context.set_offline(True)
    reader.page.goto(kept.as_uri())
    expect(reader.page.locator("h1")).to_have_text("Friday film")
    expect(reader.page.get_by_text("Your night")).to_be_visible()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    "link, size", [("picture.svg", (1080, 1920)), ("picture-wide-full.svg", (1920, 1080))]
)
def test_the_picture_is_kept_as_png(finished, tmp_path, link, size):
    _, guests, _ = finished
    with guests[0].page.expect_download() as downloaded:
        guests[0].page.locator(f"a[href$='{link}']").click()
    assert downloaded.value.suggested_filename.endswith(".png")
    downloaded.value.save_as(tmp_path / "kept.png")
    with Image.open(tmp_path / "kept.png") as picture:
        assert picture.size == size
    expect(guests[0].page.locator("[data-picture-words]")).to_contain_text("PNG")


def test_the_numbers_are_offered_to_the_host_only(finished):
    host, guests, link = finished
    expect(guests[0].page.get_by_role("link", name="CSV")).to_have_count(0)
    host.page.goto(link)
    with host.page.expect_download() as downloaded:
        host.page.get_by_role("link", name="CSV").click()
    assert downloaded.value.suggested_filename == "film-night-full.csv"


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_the_recap_fits_every_width(finished, width):
    _, guests, _ = finished
    page = guests[0].page
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_its_words_are_dark_and_every_question_is_open(people, finished):
    *_, link = finished
    page = people(Person, PHONE, is_new=True).page
    page.goto(link)
    page.emulate_media(media="print")
    colours = "() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    expect(page.locator(".recap__keep")).to_be_hidden()
    assert page.locator(".recap__all table").last.bounding_box()["height"] > 50


def test_the_demo_is_alive_in_all_four_frames(devices):
    with (
        Server("demo", "--no-browser", COMPANION_HOST="127.0.0.1") as server,
        gathering(devices, server.url) as another,
    ):
        person = another(Person, {"width": 1920, "height": 1080})
        page = person.page
        page.goto(f"{server.url}/demo")
        frames = {
            name: page.frame_locator(f"iframe[title='{name}']")
            for name in ("Television", "Remote", "Phone 1", "Phone 2")
        }
        expect(frames["Television"].locator(".tv-lobby__names")).to_contain_text("Ana")
        frames["Remote"].locator("[data-play]").click()
        frames["Remote"].locator("[data-start-now]").click()
        expect(frames["Television"].locator(".tv[data-mode=quiet]")).to_be_attached()
        for phone in ("Phone 1", "Phone 2"):
            expect(frames[phone].locator("#stage article[data-cue-id=eleven-keys]")).to_be_visible(
                timeout=15_000
            )
        page.get_by_role("button", name="Begin again").click()
        expect(frames["Television"].locator(".tv[data-mode=lobby]")).to_be_attached()
        for size in (LAPTOP, {"width": 1600, "height": 1000}):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
