import { command } from "../lib/command.js"
import { on, one } from "../lib/dom.js"
import { clock, read } from "../lib/durations.js"
import { t } from "../lib/words.js"

/** This copy of the film: its length, its speed, and how far it differs from the one the notes were timed on. Needs `room`. */
class FilmCopy extends HTMLElement {
  connectedCallback() {
    on(this, "submit", "[data-runtime-form]", (event, form) => this.#setLength(event, form))
    on(this, "change", "[data-copy]", (_, select) => command(this, "set_alignment", { rate: Number(select.value) }))
  }

  changed(what) {
    if (what.has("alignment") || what.has("snapshot")) this.#show()
  }

  #show() {
    const { room, alignment } = this.room.snapshot
    if (!alignment) return
    const field = one("[name=length]", this)
    if (document.activeElement !== field) field.value = clock(room.runtime)
    const copies = [...one("[data-copy]", this).options]
    const near = copies.find((option) => Math.abs(Number(option.value) - alignment.rate) < 2e-4)
    if (near) near.selected = true
    one("[data-shift]", this).textContent = shiftWords(alignment.shift)
  }

  async #setLength(event, form) {
    event.preventDefault()
    const typed = one("[name=length]", form).value.trim()
    const seconds = typed ? read(typed) : null
    const answer = one("[data-runtime-answer]", this)
    if (typed && seconds === null) return void (answer.textContent = t("That is not a length we can read. Try 2:07:00, 127:00 or 127m."))
    const ack = await command(this, "set_runtime", { seconds })
    if (ack) answer.textContent = ack.sentence ?? t("Saved.")
  }
}

function shiftWords(shift) {
  if (!shift || Math.abs(shift) < 1) return t("Here your copy and the notes agree.")
  const time = clock(Math.abs(shift))
  return shift > 0 ? t("Here your copy runs {time} later than the notes.", { time }) : t("Here your copy runs {time} earlier than the notes.", { time })
}

customElements.define("film-copy", FilmCopy)
