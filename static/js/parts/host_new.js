import { all, on, one } from "../lib/dom.js"
import { read } from "../lib/durations.js"
import { t } from "../lib/words.js"

const TYPED_MS = 250

/** "Host a night": explains a typed length at once, and tells the server which time zone a planned evening is in. */
class HostNew extends HTMLElement {
  #asked = 0
  #waiting = 0

  connectedCallback() {
    this.form = one("form", this)
    this.answer = one("#length-answer", this)
    on(this, "input", "[name=length]", () => this.#soon())
    on(this, "change", "[name=sheet]", () => this.#ask())
    on(this, "submit", "form", () => this.#tellZone())
    const films = all("[name=sheet]", this)
    if (films.length === 1) films[0].checked = true
    if (one("[name=length]", this).value) this.#ask()
  }

  disconnectedCallback() {
    clearTimeout(this.#waiting)
  }

  #soon() {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.#ask(), TYPED_MS)
  }

  async #ask() {
    const typed = one("[name=length]", this).value.trim()
    const film = one("[name=sheet]:checked", this)
    this.#asked += 1
    if (!typed || !film) return this.#say("", "")
    if (read(typed) === null) return this.#say("unread", t("That is not a length we can read. Try 2:07:00, 127:00 or 127m."))
    await this.#explain(film.value, typed, this.#asked)
  }

  async #explain(sheet, typed, asked) {
    const query = new URLSearchParams({ sheet, length: typed })
    const answer = await fetch(`${this.form.dataset.lengthAddress}?${query}`).then((r) => (r.ok ? r.json() : null)).catch(() => null)
    if (answer && asked === this.#asked) this.#say(answer.kind, answer.sentence)
  }

  #say(kind, sentence) {
    this.answer.dataset.kind = kind
    this.answer.textContent = sentence
  }

  #tellZone() {
    const planned = one("[name=opens_at]", this).value
    if (planned) one("[name=utc_offset]", this).value = String(-new Date(planned).getTimezoneOffset())
  }
}

customElements.define("host-new", HostNew)
