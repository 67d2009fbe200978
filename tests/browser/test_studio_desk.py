"""The desk itself: dragging five hundred notes, keyboard only, accessible, small and large screens."""

import json

import pytest

from bench.drag import begin_with_five_hundred
from tests.browser.axe import faults
from tests.browser.studio_people import Author

pytestmark = pytest.mark.browser


@pytest.fixture
def author(device, server):
    made = Author(device, server)
    yield made
    assert made.faults == []


COST = """async () => {
  const surface = document.querySelector('[data-surface]'), timeline = document.querySelector('studio-timeline')
  const box = surface.getBoundingClientRect(), place = timeline.placeOf('n250')
  const y = box.top + 22 + 24 + place.lane * 22 + 10
  surface.setPointerCapture = () => {}
  const send = (type, x) => surface.dispatchEvent(new PointerEvent(type, {bubbles: true, pointerId: 1, clientX: x, clientY: y, isPrimary: true}))
  send('pointerdown', box.left + place.x + 2)
  const costs = []
  const frame = window.requestAnimationFrame
  window.requestAnimationFrame = (draw) => frame((at) => { const before = performance.now(); draw(at); costs[costs.length - 1] += performance.now() - before })
  for (let n = 0; n < 200; n += 1) {
    const before = performance.now()
    send('pointermove', box.left + place.x + 2 + Math.sin(n / 20) * 200)
    costs.push(performance.now() - before)
    await new Promise((done) => frame(() => frame(done)))
  }
  window.requestAnimationFrame = frame
  send('pointerup', box.left + place.x + 60)
  return costs.sort((a, b) => a - b)[Math.floor(costs.length * 0.95)]
}"""


def test_dragging_among_five_hundred_notes_costs_less_than_a_frame(author, record_property):
    begin_with_five_hundred(author)
    author.page.wait_for_timeout(800)
    cost = author.page.evaluate(COST)
    record_property("work per frame while dragging, p95 (ms)", round(cost, 2))
    print(f"\nwork per frame while dragging 500 notes: p95 {cost:.2f} ms")
    assert cost <= 20
    assert author.page.is_enabled("[data-undo]"), "the drag is one step"
    author.page.click("[data-undo]")
    assert not author.page.is_enabled("[data-undo]")


def test_typing_among_five_hundred_notes_stays_quick(author):
    begin_with_five_hundred(author).chooses("Note number 250")
    costs = [
        author.page.evaluate(
            """() => { const field = document.querySelector('studio-note [data-word=text]'); const costs = []
               for (let n = 0; n < 20; n += 1) { const before = performance.now(); field.value += 'x'
                 field.dispatchEvent(new InputEvent('input', {bubbles: true})); costs.push(performance.now() - before) }
               return costs.sort((a, b) => a - b)[10] }"""
        )
        for _ in range(5)
    ]
    print(f"\nwork per letter among 500 notes, middle of 20, best of 5: {min(costs):.1f} ms")
    assert min(costs) <= 40, "the best of five, because other work on this machine is not the page's"


def test_a_drag_snaps_to_a_neighbour_and_its_key_and_field_do_the_same(author):
    author.begins(text="0:10:00 first\n0:20:00 second\n")
    author.chooses("first")
    page = author.page
    box = page.locator("[data-surface]").bounding_box()
    place = page.evaluate(
        "document.querySelector('studio-timeline').placeOf(document.querySelector('studio-note').id_)"
    )
    target = page.evaluate(
        "(() => { const t = document.querySelector('studio-timeline'); const b = t.lanes.blocks.find(b => b.words === 'second'); return t.placeOf(b.id).x })()"
    )
    y = box["y"] + 22 + 24 + place["lane"] * 22 + 9
    page.mouse.move(box["x"] + place["x"] + 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + target - 10, y, steps=5)
    page.mouse.move(box["x"] + target - 1, y)
    page.mouse.up()
    assert page.input_value("[data-at]") in ("0:20:00", "0:19:40"), (
        "its start or its end lies at the neighbour"
    )
    page.click("[data-undo]")
    assert page.input_value("[data-at]") == "0:10:00"
    page.focus("[data-surface]")
    for key, wanted in (
        ("ArrowRight", "0:10:00.1"),
        ("Shift+ArrowRight", "0:10:01.1"),
        ("ArrowLeft", "0:10:01"),
    ):
        page.keyboard.press(key)
        assert page.input_value("[data-at]") == wanted


def test_notes_are_written_checked_moved_and_taken_out_by_keyboard_alone(author):
    page = author.page
    page.goto(f"{author.server.url}/studio/")

    def to(selector, most=120):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
                return
        raise AssertionError(f"the Tab key never came to {selector}")

    to("#title")
    page.keyboard.type("By hand")
    to("#runtime")
    page.keyboard.type("90m")
    page.keyboard.press("Enter")
    author.at_desk()
    to("[data-add=note][data-scene=opening]")
    page.keyboard.press("Enter")
    page.keyboard.type("Written without a mouse")
    page.keyboard.press("Shift+Tab")
    to("[data-surface]")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    to("[data-open=findings]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog-findings[open]")
    page.keyboard.press("Escape")
    to(".studio-menu > summary")
    page.keyboard.press("Enter")
    to("[data-open=files]")
    page.keyboard.press("Enter")
    to("[data-export=json]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    sheet = json.loads(download.value.path().read_text())
    assert "Written without a mouse" in [cue["text"].get("en") for cue in sheet["cues"]]


VIEWS = [
    "desk",
    "note",
    "scene",
    "watch",
    "findings",
    "film",
    "bulk",
    "translate",
    "files",
    "history",
    "times",
    "share",
    "phone",
    "keys",
]


@pytest.mark.parametrize(("width", "lang"), [(1280, "en-GB"), (390, "ko-KR")])
def test_no_page_of_the_studio_keeps_anybody_out(device, server, width, lang):
    author = Author(device, server, locale=lang)
    author.begins_by_the_form(
        first="en",
        second="ko",
        text="# 0:00 One\n0:01:00 poll: Who? | He | She\ntrivia: It rained\n",
    )
    author.is_saved()
    author.page.set_viewport_size({"width": width, "height": 844})
    found = {}
    for view in VIEWS:
        shown = at_view(author, view)
        found[view] = faults(author.page, within="dialog[open]" if shown else "html")
        if shown:
            author.page.keyboard.press("Escape")
    for path in (
        "/studio/",
        "/studio/drop",
        f"/studio/{author.slug}/stamp",
        f"/studio/{author.slug}/rehearse",
    ):
        author.page.goto(server.url + path)
        author.page.wait_for_timeout(700)
        assert author.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{path} scrolls sideways at {width}"
        )
        assert author.page.evaluate("document.documentElement.lang") == lang[:2], (
            "the language of a file looked at is not the reader's"
        )
    assert {view: wrong for view, wrong in found.items() if wrong} == {}
    assert author.faults == []


def at_view(author, view):
    page = author.page
    if view in ("note", "scene"):
        if page.is_visible("[data-show-pane=list]"):
            page.click("[data-show-pane=list]")
        page.click(f"studio-list [data-kind={'cue' if view == 'note' else 'scene'}] >> nth=1")
    elif view == "watch":
        page.click("[data-watch]")
    elif view != "desk":
        if page.is_visible("studio-stamper"):
            page.click("[data-watch]")
        author.opens_dialog(view)
        page.wait_for_timeout(400)
        return True
    return False
