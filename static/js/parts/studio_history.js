import { all, make, on, one } from "../lib/dom.js"
import { diff } from "../lib/studio_changes.js"
import { changeRows } from "../lib/studio_listing.js"
import { asked } from "../lib/studio_sync.js"
import { n, t } from "../lib/words.js"

/** Earlier versions: what each differs in from now, note by note, and the way back to it (a step that can be undone). */
class StudioHistory extends HTMLElement {
  #old = null

  connectedCallback() {
    on(this, "click", "[data-step]", (event, button) => this.#look(Number(button.dataset.step)))
    on(this, "click", "[data-restore]", () => this.#restore())
    on(this, "submit", "[data-name-version]", (event, form) => (event.preventDefault(), this.#name(form)))
  }

  attach(desk) {
    this.desk = desk
  }

  async refresh() {
    const revision = this.desk.draft.server.revision
    if (this.shown === revision) return
    this.shown = revision
    try {
      const { steps, now } = await asked(`${this.desk.told.api}/revisions`)
      one("[data-steps]", this).replaceChildren(...steps.map((step) => stepRow(step, now)))
    } catch {
      this.shown = null
      this.#say(t("Earlier versions come back with the connection."))
    }
  }

  async #look(number) {
    for (const button of all("[data-step]", this)) button.setAttribute("aria-pressed", String(Number(button.dataset.step) === number))
    try {
      const { document: old } = await asked(`${this.desk.told.api}/revisions/${number}`)
      this.#old = { number, document: old }
    } catch (error) {
      return this.#say(error.message || t("Earlier versions come back with the connection."))
    }
    const changes = diff(this.#old.document, this.desk.draft.document)
    one("[data-differences]", this).replaceChildren(...changeRows(changes, this.desk.draft.document))
    one("[data-restore]", this).hidden = changes.length === 0
    this.#say(changes.length ? n("Since then {count} thing has changed:", "Since then {count} things have changed:", changes.length) : t("That is how it stands now."))
  }

  #restore() {
    this.desk.draft.edit(t("back to an earlier version"), this.#old.document)
    one("[data-restore]", this).hidden = true
    one("[data-differences]", this).replaceChildren()
    this.#say(t("Done. One undo takes it back."))
  }

  async #name(form) {
    const note = form.note.value.trim()
    if (!note) return
    const credits = this.desk.draft.document
    form.note.value = ""
    await this.desk.name(note)
    this.#say(credits === this.desk.draft.document ? t("Kept as “{name}”.", { name: note }) : "")
    this.shown = null
    this.refresh()
  }

  #say(sentence) {
    one("[data-history-said]", this).textContent = sentence
  }
}

function stepRow({ number, at, by, note, published }, now) {
  const when = new Date(at * 1000)
  const isToday = now - at < 86_400
  const lang = document.documentElement.lang
  const words = isToday ? when.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" }) : when.toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" })
  const signs = [note && `“${note}”`, published && t("published"), by].filter(Boolean).join(" · ")
  return make("li", {}, make("button", { type: "button", class: "studio-history__step", "data-step": number, "aria-pressed": "false" }, make("time", { datetime: when.toISOString(), class: "figures" }, words), make("span", { class: "small quiet", dir: "auto" }, signs || t("saved"))))
}

customElements.define("studio-history", StudioHistory)
