"""How much light a screenshot gives off: relative luminance as WCAG defines it, measured pixel by pixel."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

LINEAR = [
    value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in range(256)
]


@dataclass(frozen=True)
class Light:
    """`mean` and `brightest` pixel, 0 black to 1 white."""

    mean: float
    brightest: float


def light_of(page: Any, **of: Any) -> Light:
    image = Image.open(io.BytesIO(page.screenshot(**of))).convert("RGB")
    counted = image.getcolors(image.width * image.height) or []
    lit = [
        (count, 0.2126 * LINEAR[r] + 0.7152 * LINEAR[g] + 0.0722 * LINEAR[b]) for count, (r, g, b) in counted
    ]
    return Light(
        sum(count * light for count, light in lit) / (image.width * image.height),
        max(light for _, light in lit),
    )
