import { on, one, tell } from "../lib/dom.js"
import { clock, read, short } from "../lib/durations.js"
import { t } from "../lib/words.js"

const FROM = -3
const TO = 1800

/** Everyone apart, each with their own copy: what one presses when it starts, stops and goes on (ROOM 17). */
class OwnClock extends HTMLElement {
  #now = { theirs: () => 0, delay: 0, awaySince: null, isSet: true, isPlaying: false }

  connectedCallback() {
    on(this, "click", "[data-act]", (_event, button) => this.#press(button.dataset.act))
  }

  /** @param {{theirs(): number, delay: number, awaySince: number | null, isSet: boolean, isPlaying: boolean}} now positions in seconds; theirs of the very moment */
  show(now) {
    this.#now = now
    one('[data-act="first"]', this).hidden = now.isSet
    one('[data-act="away"]', this).hidden = now.awaySince !== null
    one('[data-act="back"]', this).hidden = now.awaySince === null || !now.isSet
    one(".own-clock__said", this).textContent = gap(now)
  }

  #press(act) {
    const { delay, awaySince } = this.#now
    const theirs = this.#now.theirs()
    if (act === "first") return tell(this, "delay", { seconds: within(theirs), in_ad: false, isFirst: true })
    if (act === "away") return tell(this, "away", { since: theirs })
    tell(this, "delay", { seconds: within(delay + Math.max(0, theirs - awaySince)), in_ad: false, isBack: true })
  }
}

/** The same clock set by hand, and the way back to the others. */
class OwnClockSheet extends HTMLElement {
  #now = { theirs: () => 0, delay: 0 }

  connectedCallback() {
    on(this, "click", "[data-by]", (_event, button) => this.#set(this.#now.delay + Number(button.dataset.by)))
    on(this, "click", "[data-together]", () => this.#set(0))
    one("[data-set]", this).addEventListener("submit", (event) => this.#typed(event))
  }

  /** @param {{theirs(): number, delay: number, isSet: boolean}} now */
  show(now) {
    this.#now = now
    one("[data-theirs]", this).textContent = clock(now.theirs())
    one("[data-mine]", this).textContent = clock(now.theirs() - now.delay)
    one("[data-gap]", this).textContent = gap({ ...now, isSet: true })
    one("[data-catch-up]", this).textContent = advice(now)
  }

  #typed(event) {
    event.preventDefault()
    const seconds = read(new FormData(event.target).get("time"))
    const fault = one("[data-fault]", this)
    fault.textContent = seconds === null ? t("Type it as your player shows it: 0:41:07.") : ""
    if (seconds === null) return
    const delay = this.#now.theirs() - seconds
    if (delay < FROM || delay > TO) fault.textContent = t("That is too far from the others: 3 seconds ahead to 30 minutes behind.")
    else this.#set(delay)
  }

  #set(seconds) {
    tell(this, "delay", { seconds: within(seconds), in_ad: false })
  }
}

function within(seconds) {
  return Math.min(TO, Math.max(FROM, Math.floor(seconds * 100) / 100))
}

function gap({ delay, isSet }) {
  if (!isSet) return t("My film")
  if (Math.abs(delay) < 1) return t("With the others")
  return delay > 0 ? t("{time} behind", { time: short(delay) }) : t("{time} ahead", { time: short(-delay) })
}

function advice({ theirs, delay }) {
  if (delay >= 1) return t("To catch up, go to {time} in your player, then tap below.", { time: clock(theirs()) })
  if (delay <= -1) return t("To wait for the others, pause yours for {count} seconds, then tap below.", { count: Math.round(-delay) })
  return ""
}

customElements.define("own-clock", OwnClock)
customElements.define("own-clock-sheet", OwnClockSheet)
