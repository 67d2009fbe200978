import { command } from "../lib/command.js"
import { all, make, on, one, write } from "../lib/dom.js"
import { short } from "../lib/durations.js"
import { kindMark } from "../lib/kinds.js"
import { t } from "../lib/words.js"

const SHOWN = 10
const TICK_MS = 1000

/** The next ten cards with their countdowns, and what a host may do to each. Needs `room`. */
class ComingUp extends HTMLElement {
  #timer = 0
  #open = ""

  connectedCallback() {
    on(this, "click", "[data-do]", (_, button) => this.#act(button.dataset.do, button.closest("[data-cue-id]").dataset.cueId))
    on(this, "click", "[data-item-open]", (_, button) => this.#toggle(button.closest("[data-cue-id]").dataset.cueId))
    this.#timer = setInterval(() => this.#count(), TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  changed(what) {
    if (["queue", "snapshot", "part", "playback", "alignment", "cards"].some((one) => what.has(one))) this.#show()
  }

  /** The next one that nobody holds or skips. */
  get next() {
    return this.#waiting.find((item) => !item.held && !item.skipped)
  }

  showNext() {
    if (this.next) this.#act("show", this.next.cue_id)
  }

  skipNext() {
    if (this.next) this.#act("skip", this.next.cue_id)
  }

  get #waiting() {
    const position = this.room.position()
    const isToCome = ({ start, is_open, closed, held }) => held || (!is_open && !closed && !(start != null && start <= position))
    const place = ({ start }) => start ?? Infinity
    return (this.room.snapshot?.queue ?? []).filter(isToCome).sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
  }

  #toggle(cueId) {
    this.#open = cueId
    this.#show()
    one(`[data-cue-id="${CSS.escape(cueId)}"] [data-item-open]`, this)?.focus()
  }

  #act(act, cue_id) {
    const sent = {
      show: ["show_now", { cue_id }],
      hold: ["hold", { cue_id, on: true }],
      release: ["hold", { cue_id, on: false }],
      skip: ["skip", { cue_id }],
      unskip: ["skip", { cue_id, on: false }],
    }[act]
    return command(this, ...sent)
  }

  #show() {
    const { room, you } = this.room.snapshot
    const waiting = this.#waiting
    const held = waiting.filter((item) => item.held)
    const isBreak = room.part === "film" && !this.room.snapshot.playback.is_playing
    one("[data-break]", this).hidden = !held.length
    one("[data-break]", this).dataset.offered = String(isBreak)
    const coming = waiting.filter((item) => !item.held).slice(0, SHOWN)
    const isOpen = (item) => item.cue_id === (coming.some(({ cue_id }) => cue_id === this.#open) ? this.#open : coming[0]?.cue_id)
    one("[data-held]", this).replaceChildren(...held.map((item) => row(item, true, true)))
    one("[data-queue]", this).replaceChildren(...coming.map((item) => row(item, isOpen(item), false)))
    one("[data-empty]", this).hidden = waiting.length > 0
    one("[data-unspoiled]", this).hidden = you?.seen_it !== false
    this.#count()
  }

  #count() {
    if (!this.room?.snapshot) return
    if (one("[data-start]", this) && Number(one("[data-start]", this).dataset.start) <= this.room.position()) return this.#show()
    const position = this.room.position()
    const rate = this.room.snapshot.playback.rate || 1
    for (const item of all("[data-start]", this)) {
      const left = (Number(item.dataset.start) - position) / rate
      write(one("[data-left]", item), left > 0 ? t("in {time}", { time: short(left) }) : t("now"))
    }
  }
}

function row(item, isOpen, isHeld) {
  const { cue_id, kind, title, scene_title, start, skipped, pushed } = item
  const placed = start !== null && start !== undefined && !isHeld
  const line = make(
    "button",
    { class: "coming-up__line", type: "button", "data-item-open": true, "aria-expanded": String(isOpen) },
    make("span", { class: "coming-up__left figures", "data-left": true }, ""),
    make("span", { class: "coming-up__kind" }, kindMark(kind)),
    make("span", { class: "coming-up__title", dir: "auto" }, title || "", isOpen && scene_title && scene_title !== title ? make("small", { class: "quiet" }, scene_title) : ""),
  )
  return make(
    "li",
    { class: "coming-up__item", "data-cue-id": cue_id, "data-start": placed ? start : null, "data-skipped": Boolean(skipped), "data-pushed": Boolean(pushed) },
    line,
    ...(isOpen ? [make("span", { class: "coming-up__acts" }, ...acts(item, isHeld))] : []),
  )
}

function acts({ skipped, pushed }, isHeld) {
  if (skipped) return [act("unskip", t("Skipped. Bring back"))]
  return [
    act("show", t("Show now")),
    isHeld ? act("release", t("Let it come")) : act("hold", t("For the break")),
    act("skip", t("Skip")),
    pushed === false ? make("small", { class: "quiet" }, t("waits quietly under its scene")) : "",
  ].filter(Boolean)
}

function act(name, words) {
  return make("button", { class: "coming-up__act", type: "button", "data-do": name }, words)
}

customElements.define("coming-up", ComingUp)
