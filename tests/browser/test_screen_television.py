"""The television and the poster in a real browser: the code scans, nothing scrolls, the dark is dark."""

import io
import shutil
import subprocess

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import missing
from tests.browser.evening import PHONE, Guest, Host, Television

pytestmark = pytest.mark.browser
SIZES = [(1280, 720), (1920, 1080)]
MEASURED = """() => {
  const visible = [...document.querySelectorAll(".tv :is(h1, p, img)")].filter((e) => e.checkVisibility())
  const boxes = visible.map((e) => e.getBoundingClientRect()).map((b) => [b.left, b.top, b.right, b.bottom])
  const letters = ["code", "address", "in", "dim", "note"].map((name) => `.tv-lobby__${name}`)
  const size = (selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)
  const page = document.documentElement
  return { boxes, whole: [page.scrollWidth, page.scrollHeight], letters: Object.fromEntries(letters.map((l) => [l, size(l)])) }
}"""


def scanned(picture: bytes, tmp_path) -> str:
    """What a phone's camera would read there."""
    if not shutil.which("zbarimg"):
        missing("no zbarimg on this machine (Debian: zbar-tools)")
    path = tmp_path / "seen.png"
    path.write_bytes(picture)
    found = subprocess.run(["zbarimg", "--quiet", "--raw", str(path)], capture_output=True, text=True)
    return found.stdout.strip()


def television(people, host, size=(1280, 720)):
    return people(Television, {"width": size[0], "height": size[1]}).show(host.code)


def luminance(picture: bytes) -> float:
    """Mean relative luminance, 0 to 1."""
    seen = Image.open(io.BytesIO(picture)).convert("RGB")
    linear = [
        (v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4) for v in range(256)
    ]
    means = []
    for band in seen.split():
        counts = band.histogram()
        means.append(sum(linear[v] * n for v, n in enumerate(counts)) / sum(counts))
    return 0.2126 * means[0] + 0.7152 * means[1] + 0.0722 * means[2]


def test_the_code_on_the_television_scans_to_the_way_in(people, host, tmp_path):
    for size in SIZES:
        screen = television(people, host, size)
        screen.is_in("lobby")
        expect(screen.page.locator(".tv-lobby__qr")).to_be_visible()
        screen.page.wait_for_function("() => document.querySelector('.tv-lobby__qr').complete")
        link = scanned(screen.page.screenshot(), tmp_path)
        assert link.startswith("http://") and link.endswith(f"/j/{host.code}")
        screen.leave()


@pytest.mark.parametrize("film", ["three-minutes", "miracle-in-cell-no-7"])
def test_the_lobby_fits_with_its_margins_and_is_readable_from_the_sofa(people, film):
    host = people(Host).has_night(film=film)
    for name in ("Ana", "민수", "Sol Ångström", "👨‍👩‍👧‍👦 family", "A name of twenty-four le"):
        people(Guest).comes_in(host.code, name)
    for size in [*SIZES, (3840, 2160)]:
        screen = television(people, host, size)
        expect(screen.page.locator(".tv-lobby__in")).to_contain_text("5 people")
        fits_and_is_readable(screen, *size)
        screen.leave()


def fits_and_is_readable(screen, width, height):
    seen = screen.page.evaluate(MEASURED)
    assert seen["whole"] == [width, height]
    for left, top, right, bottom in seen["boxes"]:
        assert left >= width * 0.05 - 1 and top >= height * 0.05 - 1
        assert right <= width * 0.95 + 1 and bottom <= height * 0.95 + 1
    assert seen["letters"][".tv-lobby__code"] >= height / 12
    for selector in (".tv-lobby__address", ".tv-lobby__in", ".tv-lobby__dim", ".tv-lobby__note"):
        assert seen["letters"][selector] >= height / 30


def test_the_film_is_dark_and_the_corner_glows_when_a_card_lands(people, host):
    screen = television(people, host)
    host.start()
    screen.is_in("quiet")
    assert luminance(screen.page.screenshot()) < 0.0005
    expect(screen.page.locator(".tv__dot[data-glows]")).to_be_attached(timeout=8_000)
    assert luminance(screen.page.screenshot()) < 0.001
    expect(screen.page.locator(".tv__dot[data-glows]")).not_to_be_attached(timeout=6_000)


def test_an_evening_of_two_hosts_and_three_phones_as_the_television_shows_it(people, host):
    cohost = people(Host, PHONE).open_link(host.link)
    guests = [people(Guest).comes_in(host.code, name) for name in ("Ana", "Bo", "Sol")]
    screen = television(people, host)
    host.start()
    host.go_to("21")
    for guest, option in zip(guests, ("rain", "rain", "velvet"), strict=True):
        guest.vote("first-smell", option)
    host.go_to("35")
    screen.page.wait_for_timeout(6_000)
    host.pause()
    screen.is_in("result")
    expect(screen.page.locator(".tv-card__count").nth(3)).to_have_text("2")
    host.page.click("[data-play]")
    screen.is_in("quiet")
    cohost.page.click("[data-film-over]")
    screen.is_in("silence")
    cohost.page.click("[data-next]")
    screen.is_in("card")
    for guest in guests:
        guest.sees("what-to-take")
    cohost.take_back()
    screen.is_in("after")
    cohost.page.click("[data-next]")
    host.last_act("next")
    host.see("more")
    host.page.click("[data-ask-first=end]")
    host.page.click("[data-sure]")
    screen.is_in("recap")
    expect(screen.page.locator(".tv__slide:not([hidden])")).to_have_count(1)


def test_a_locked_room_lets_the_television_in_by_four_letters(people, host):
    host.page.click("[data-lock]")
    host.last_act("lock")
    screen = television(people, host)
    screen.is_in("letters")
    host.page.fill("[name=letters]", screen.page.inner_text(".tv__letters"))
    host.page.click("[data-admit] [type=submit]")
    screen.is_in("lobby")


def test_a_lobby_without_a_phone_helps_after_a_minute(people, host):
    screen = people(Television, {"width": 1280, "height": 720}, is_new=True)
    screen.page.clock.install()
    screen.show(host.code)
    expect(screen.page.locator("[data-help]")).to_be_hidden()
    screen.page.clock.fast_forward(61_000)
    expect(screen.page.locator("[data-help]")).to_be_visible()
    assert screen.page.evaluate("document.documentElement.scrollHeight") == 720


def test_what_stands_still_moves_a_little_every_minute(people, host):
    screen = people(Television, {"width": 1280, "height": 720}, is_new=True)
    screen.page.clock.install()
    screen.show(host.code)
    expect(screen.page.locator(".tv-lobby__code")).to_be_visible()
    screen.page.clock.fast_forward(60_500)
    expect(screen.page.locator("[data-help]")).to_be_visible()
    # In one go, because the lobby is drawn anew now and then.
    box = "document.querySelector('.tv-lobby__code').getBoundingClientRect().toJSON()"
    before = screen.page.evaluate(box)
    screen.page.clock.fast_forward(61_000)
    after = screen.page.evaluate(box)
    assert before != after and abs(before["x"] - after["x"]) <= 16 and abs(before["y"] - after["y"]) <= 16


def test_the_poster_prints_on_one_page_and_both_codes_scan(people, tmp_path):
    host = people(Host, is_new=True).has_night()
    host.page.goto(f"{host.url}/host/{host.code}/poster")
    sent = []
    host.page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    host.page.set_viewport_size(PHONE)
    number = host.page.locator(".poster__code")
    assert number.evaluate("e => e.getClientRects()[0].height < 2 * parseFloat(getComputedStyle(e).fontSize)")
    assert host.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    host.page.set_viewport_size({"width": 1280, "height": 800})
    host.page.fill("[name=ssid]", "Wohnzimmer")
    host.page.fill("[name=password]", "kino;2026")
    picture = host.page.locator("[data-wifi-code]").screenshot()
    assert scanned(picture, tmp_path) == "WIFI:T:WPA;S:Wohnzimmer;P:kino\\;2026;;"
    assert not [each for each in sent if "kino" in each or "Wohnzimmer" in each]
    host.page.emulate_media(media="print")
    host.page.set_viewport_size({"width": 794, "height": 1123})
    assert scanned(host.page.locator(".poster__way").first.screenshot(), tmp_path).endswith(f"/j/{host.code}")
    pages = host.page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") or 1
    assert pages == 1
    host.page.reload()
    assert host.page.input_value("[name=password]") == ""


def test_the_lobby_can_be_read_on_a_phone_too(people, host):
    screen = people(Television, PHONE).show(host.code)
    expect(screen.page.locator(".tv-lobby__code")).to_be_visible()
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= 390


def only_for_the_old(route) -> None:
    """What is left of our sheets where `@layer` is not known: nothing but the last block, `@supports not`."""
    sheet = route.fetch().text()
    block = sheet[sheet.index("@supports not") :]
    route.fulfill(body=block[block.index("{") + 1 : block.rindex("}")], content_type="text/css")


def test_a_television_of_five_years_ago_shows_the_lobby_dark_and_whole(people, host, tmp_path):
    people(Guest).comes_in(host.code, "Ana")
    screen = people(Television, {"width": 1280, "height": 720}, is_new=True)
    screen.page.route("**/*.css", only_for_the_old)
    screen.show(host.code)
    screen.is_in("lobby")
    screen.page.wait_for_function("() => document.querySelector('.tv-lobby__qr').complete")
    picture = screen.page.screenshot()
    assert scanned(picture, tmp_path).endswith(f"/j/{host.code}")
    seen = screen.page.evaluate(MEASURED)
    assert seen["whole"] == [1280, 720] and seen["letters"][".tv-lobby__code"] >= 720 / 12
    for left, top, right, bottom in seen["boxes"]:
        assert left >= 63 and top >= 35 and right <= 1217 and bottom <= 685
    host.start()
    screen.is_in("quiet")
    assert luminance(screen.page.screenshot()) < 0.0005
