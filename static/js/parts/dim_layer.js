import { all, one, tell } from "../lib/dom.js"
import { clock } from "../lib/durations.js"
import { kept, keep } from "../lib/kept.js"
import { t } from "../lib/words.js"

const AFTER = 20
const AFTER_A_KEY = 60
const HINTS = 3

/**
 * Goes dark when nothing is on. On the dark screen only raw touches are taken: the upper half wakes, the lower half tells "felt" and stays
 * dark (ROOM 23). Keys and clicks without a touch before them (assistive technology) always reach what they were meant for.
 */
class DimLayer extends HTMLElement {
  #mayRest = false
  #isBlack = false
  #timer = null
  #keyAt = -Infinity
  #touchAt = -Infinity

  connectedCallback() {
    document.addEventListener("touchstart", this.#touched, { capture: true, passive: false })
    document.addEventListener("keydown", this.#keyed, true)
    document.addEventListener("click", this.#clicked, true)
    for (const type of ["pointermove", "pointerdown", "scroll"]) document.addEventListener(type, this.#stirred, { capture: true, passive: true })
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    document.removeEventListener("touchstart", this.#touched, { capture: true })
    document.removeEventListener("keydown", this.#keyed, true)
    document.removeEventListener("click", this.#clicked, true)
    for (const type of ["pointermove", "pointerdown", "scroll"]) document.removeEventListener(type, this.#stirred, { capture: true })
  }

  get isDark() {
    return this.dataset.state === "dark"
  }

  /** Whether there is nothing to see. A card, a pause, an open drawer: no. */
  rest(may) {
    if (may === this.#mayRest) return
    this.#mayRest = may
    if (may) this.#wait()
    else if (!this.#isBlack) this.wake()
  }

  /** The host made everything black: dark at once, and no card lights it. A touch above still does, on this phone alone. */
  black(on) {
    if (on === this.#isBlack) return
    this.#isBlack = on
    if (!on) return this.wake()
    for (const dialog of all("dialog[open]:not(#elsewhere)")) dialog.close()
    this.#darken(t("Dark for now. Touch above to wake it."))
  }

  /** A card has come. */
  news() {
    if (!this.#isBlack) this.wake()
  }

  /** The one thing that stays readable. */
  at(position) {
    if (this.isDark) one(".dim-layer__time", this).textContent = clock(position).replace(/:\d\d$/, "")
  }

  wake() {
    clearTimeout(this.#timer)
    const was = this.isDark
    this.dataset.state = "light"
    if (was) tell(this, "woken")
    if (this.#mayRest) this.#wait()
  }

  #wait() {
    clearTimeout(this.#timer)
    const sinceKey = (performance.now() - this.#keyAt) / 1000
    const left = Math.max(Number(this.dataset.after ?? AFTER), AFTER_A_KEY - sinceKey)
    this.#timer = setTimeout(() => this.#darken(), left * 1000)
  }

  #darken(words = hintNow()) {
    clearTimeout(this.#timer)
    one(".dim-layer__hint", this).textContent = words
    this.dataset.state = "dark"
    tell(this, "darkened")
  }

  #touched = (event) => {
    this.#touchAt = performance.now()
    if (!this.isDark) return this.#stirred(event)
    event.preventDefault()
    event.stopPropagation()
    if (event.touches[0].clientY < innerHeight / 2) this.wake()
    else tell(this, "felt")
  }

  #stirred = (event) => {
    if (this.isDark ? event.pointerType === "mouse" : this.#mayRest) this.wake()
  }

  #keyed = () => {
    this.#keyAt = performance.now()
    if (this.#mayRest) this.wake()
  }

  #clicked = () => {
    if (performance.now() - this.#touchAt > 1000) this.#keyed()
  }
}

function hintNow() {
  const seen = kept("dark-hints", 0)
  keep("dark-hints", seen + 1)
  return seen < HINTS ? t("touch above to wake · below: this got me") : ""
}

customElements.define("dim-layer", DimLayer)
