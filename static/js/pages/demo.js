import { one } from "../lib/dom.js"

/** A television of 1280×720 in whatever room the page has. */
const frame = one(".demo__frame")
const fit = () => frame.style.setProperty("--scale", String(frame.clientWidth / 1280))
new ResizeObserver(fit).observe(frame)
fit()
