import { on, one, tell } from "../lib/dom.js"
import { t } from "../lib/words.js"

/** The host's hand on the film: pause · now! (or, at the end, "It is over") · hold. Says "command" with what the page sends. */
class HostStrip extends HTMLElement {
  #now = {}

  connectedCallback() {
    on(this, "click", "[data-act]", (_event, button) => this.#press(button.dataset.act))
  }

  /** @param {{part: string, isPlaying: boolean, isHeld: boolean, checkpoint: any, isAtTheEnd: boolean, pressedAt: () => number}} now */
  show(now) {
    this.#now = now
    const { part, isPlaying, isHeld, checkpoint, isAtTheEnd } = now
    const play = one('[data-act="play"]', this)
    play.textContent = part === "before" ? t("Start the film") : part === "after" ? t("Next") : isPlaying ? t("Pause") : t("Go on")
    play.hidden = part === "ended"
    const hold = one('[data-act="hold"]', this)
    hold.hidden = part !== "film"
    hold.setAttribute("aria-pressed", String(isHeld))
    hold.textContent = isHeld ? t("Held: let go") : t("Hold")
    const ask = one(".host-strip__ask", this)
    const answer = one('[data-act="now"]', this)
    ask.hidden = answer.hidden = !checkpoint && !isAtTheEnd
    ask.textContent = isAtTheEnd ? t("Is the film over?") : checkpoint ? t("Tap when: {what}", { what: checkpoint.watch_for }) : ""
    answer.textContent = isAtTheEnd ? t("It is over") : t("Now!")
  }

  #press(act) {
    const { part, isPlaying, isHeld, checkpoint, isAtTheEnd, pressedAt } = this.#now
    if (act === "hold") return tell(this, "command", { command: "hold", fields: { cue_id: null, on: !isHeld } })
    if (act === "now" && isAtTheEnd) return tell(this, "command", { command: "film_over", fields: {} })
    if (act === "now") return tell(this, "command", { command: "mark", fields: { scene_id: checkpoint.scene_id, answer: "now", pressed_at: pressedAt() } })
    if (part === "before") return tell(this, "command", { command: "start", fields: {} })
    if (part === "after") return tell(this, "command", { command: "next", fields: {} })
    tell(this, "command", { command: isPlaying ? "pause" : "play", fields: { pressed_at: pressedAt() } })
  }
}

customElements.define("host-strip", HostStrip)
