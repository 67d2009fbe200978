"""What axe finds on a page, wide and narrow, dim, bright and in a system's own colours."""

import os
from typing import Any

from axe_playwright_python.sync_playwright import Axe

LAW = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = [(360, 740), (1280, 800)]
RUN = """async ([within, options]) => {
  document.getAnimations().forEach((animation) => animation.finish())
  const found = await axe.run(within, { ...options, resultTypes: ["violations"] })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} (${nodes.length})`)
}"""
SHAPE = """() => [...document.querySelectorAll("body *")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect(), { display, visibility } = getComputedStyle(each)
  return [x, y, width, height, display, visibility].join()
}).join("\\n")"""
"""Where everything on the page lies and whether it is to be seen: all that axe looks at but for colours, names and roles."""
ALL = {"runOnly": LAW}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL_BUT_COLOURS = ALL | {"rules": {"color-contrast": {"enabled": False}}}
LIGHTS: dict[str, dict[str, Any]] = {
    "dim": ALL,
    # These two change what colours are, and nothing else on any page.
    "bright": COLOURS,
    "more contrast": COLOURS,
    # The system chooses both colours of a pair, and axe reads only one of them anew.
    "forced": ALL_BUT_COLOURS,
}


def faults(page: Any, options: dict[str, Any] = ALL, within: str = "html") -> list[str]:
    """What WCAG 2.2 AA and best practice find wrong with the page as it stands, or with a part of it."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(RUN, [within, options])
    return found


def faults_in_every_light(page: Any) -> list[str]:
    """The same at 360 and 1280, dim, bright, with more contrast and with forced colours, which is said in front.

    No language and no wide screen has colours of its own: there what is dim is enough, except where everything is required.
    """
    found, shape = [], ""
    is_english = page.evaluate("document.documentElement.lang") == "en"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for light, options in lights(is_english, width).items():
            in_light(page, light)
            if light == "dim":
                shape = page.evaluate(SHAPE)
            elif options is ALL_BUT_COLOURS and page.evaluate(SHAPE) == shape:
                continue  # the system's colours moved and hid nothing, so axe would say again what it said of the dim page
            found += [f"{width} {light} {fault}" for fault in faults(page, options)]
    in_light(page, "dim")
    return found


def lights(is_english: bool, width: int) -> dict[str, dict[str, Any]]:
    if os.environ.get("COMPANION_REQUIRE_ALL") == "1" or (is_english and width == SIZES[0][0]):
        return LIGHTS
    return {
        light: how for light, how in LIGHTS.items() if light == "dim" or (is_english and light == "forced")
    }


def in_light(page: Any, light: str) -> None:
    page.emulate_media(
        forced_colors="active" if light == "forced" else "none",
        contrast="more" if light == "more contrast" else "no-preference",
    )
    page.evaluate(
        "bright => document.documentElement.dataset.light = bright ? 'brighter' : 'dim'", light == "bright"
    )
