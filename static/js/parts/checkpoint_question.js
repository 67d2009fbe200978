import { command } from "../lib/command.js"
import { make, on } from "../lib/dom.js"
import { t } from "../lib/words.js"

/** One question at a time: "Tap when the cell door closes behind him". Needs `room`. */
class CheckpointQuestion extends HTMLElement {
  #asked = ""

  connectedCallback() {
    on(this, "pointerdown", "[data-answer]", () => (this.pressedAt = this.room.clock.now()))
    on(this, "click", "[data-answer]", (_, button) => this.answer(button.dataset.answer))
  }

  changed(what) {
    if (!["queue", "alignment", "snapshot", "part"].some((one) => what.has(one))) return
    const question = this.room.snapshot.room.part === "film" ? this.room.snapshot.checkpoint : null
    if ((question?.scene_id ?? "") === this.#asked) return
    this.#asked = question?.scene_id ?? ""
    this.hidden = !question
    this.replaceChildren(...(question ? parts(question) : []))
  }

  /** "now" marks the moment of the press; "already" and "skip" move nothing. */
  answer(answer) {
    if (!this.#asked) return
    const pressed_at = this.pressedAt ?? this.room.clock.now()
    this.pressedAt = undefined
    command(this, "mark", { scene_id: this.#asked, answer, ...(answer === "now" ? { pressed_at } : {}) })
  }
}

function parts({ watch_for }) {
  return [
    make("p", { class: "checkpoint__words" }, make("span", { class: "quiet small" }, t("Tap when this happens")), make("strong", {}, watch_for)),
    make(
      "div",
      { class: "checkpoint__answers" },
      make("button", { class: "button checkpoint__now", type: "button", "data-answer": "now" }, t("Now")),
      make("button", { class: "button button--quiet", type: "button", "data-answer": "already" }, t("Already happened")),
      make("button", { class: "button button--words", type: "button", "data-answer": "skip" }, t("Skip")),
    ),
  ]
}

customElements.define("checkpoint-question", CheckpointQuestion)
