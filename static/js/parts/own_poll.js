import { command } from "../lib/command.js"
import { all, on, one } from "../lib/dom.js"

/** A question of the host's own in fifteen seconds: typed, or one of five ready-made. */
class OwnPoll extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", ({ target }) => target.name === "question" && this.#open(true))
    on(this, "click", "[data-question]", (_, button) => this.#fill(button))
    on(this, "click", "[data-another-option]", () => this.#another())
    on(this, "submit", "form", (event) => this.#ask(event))
  }

  begin() {
    one("[name=question]", this).focus()
  }

  /** The answers, and how it ends, are there once there is a question. */
  #open(on) {
    this.dataset.state = on ? "open" : "closed"
  }

  get #fields() {
    return all("[name=option]", this)
  }

  #fill({ dataset }) {
    const options = JSON.parse(dataset.options)
    this.#open(true)
    one("[name=question]", this).value = dataset.question
    this.#fields.forEach((field, i) => this.#set(field, i, options[i] ?? ""))
    one("[type=submit]", this).focus()
  }

  #set(field, i, text) {
    field.value = text
    field.hidden = i > 1 && !text
    one("[data-another-option]", this).hidden = this.#fields.every((each) => !each.hidden)
  }

  #another() {
    const next = this.#fields.find((field) => field.hidden)
    if (!next) return
    next.hidden = false
    next.focus()
    one("[data-another-option]", this).hidden = this.#fields.every((each) => !each.hidden)
  }

  async #ask(event) {
    event.preventDefault()
    const form = event.target
    const options = this.#fields.map((field) => field.value.trim()).filter(Boolean)
    const seconds = Number(form.elements.seconds.value)
    const asked = { question: form.elements.question.value.trim(), options, results: form.elements.results.value }
    const ack = await command(this, "ask", seconds ? { ...asked, seconds } : asked)
    if (!ack) return
    form.reset()
    this.#open(false)
    this.#fields.forEach((field, i) => this.#set(field, i, ""))
  }
}

customElements.define("own-poll", OwnPoll)
