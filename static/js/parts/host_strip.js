import { Asked } from "../lib/asked.js"
import { on, one, tell } from "../lib/dom.js"
import { t } from "../lib/words.js"

/** The host's hand on the film: pause · now! (or, at the end, "It is over") · hold. Says "command" with what the page sends. */
class HostStrip extends HTMLElement {
  #now = {}
  #asked = new Asked()

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
    if (act === "hold") return this.#asked.turn("hold", isHeld, (on) => this.#ask("hold", { cue_id: null, on }))
    if (act === "now" && isAtTheEnd) return this.#ask("film_over")
    if (act === "now") return this.#ask("mark", { scene_id: checkpoint.scene_id, answer: "now", pressed_at: pressedAt() })
    if (part === "before") return this.#ask("start")
    if (part === "after") return this.#ask("next")
    this.#asked.turn("play", isPlaying, (on) => this.#ask(on ? "play" : "pause", { pressed_at: pressedAt() }))
  }

  /** @param {string} command @returns {Promise<any>} when the answer is in */
  #ask(command, fields = {}) {
    return new Promise((resolve) => tell(this, "command", { command, fields, resolve }))
  }
}

customElements.define("host-strip", HostStrip)
