import { all, make, on, one } from "../lib/dom.js"
import { apply } from "../lib/studio_changes.js"
import { exact, wordsIn } from "../lib/studio_notes.js"
import { save } from "../lib/studio_saving.js"
import { post } from "../lib/studio_sync.js"
import { n, t } from "../lib/words.js"

/** What evenings say about the times of scenes; each is taken or left by itself. */
class StudioTimes extends HTMLElement {
  #files = []
  #told = null

  connectedCallback() {
    on(this, "change", "[data-times-file]", (event, input) => this.#add([...input.files], input))
    on(this, "click", "[data-times-save]", () => save(`${this.desk.told.slug}-times.json`, `${JSON.stringify(this.#told.file, null, 1)}\n`))
    on(this, "click", "[data-times-take]", () => this.#take())
  }

  attach(desk) {
    this.desk = desk
  }

  async refresh() {
    const key = `${this.desk.draft.server.revision} ${this.#files.length}`
    if (this.shown === key) return
    this.shown = key
    await this.#ask()
  }

  async #ask() {
    try {
      this.#told = await post(`${this.desk.told.api}/times`, { files: this.#files })
    } catch (error) {
      this.shown = ""
      return this.#fault(error.message || t("The server cannot be reached. Try again in a moment."))
    }
    const { evenings, scenes } = this.#told
    one("[data-times-said]", this).textContent = scenes.length ? n("From {count} evening:", "From {count} evenings:", evenings) : t("No evening has tapped a scene of these notes yet.")
    one("[data-times-table]", this).hidden = scenes.length === 0
    for (const button of all("[data-times-save], [data-times-take]", this)) button.hidden = scenes.length === 0
    one("tbody", this).replaceChildren(...scenes.map((scene) => this.#row(scene)))
  }

  async #add(files, input) {
    this.#fault("")
    const read = await Promise.all(files.map((file) => file.text().then(JSON.parse).catch(() => null)))
    input.value = ""
    if (read.includes(null)) return this.#fault(t("This is not a file of film times."))
    const before = this.#files
    this.#files = [...before, ...read]
    await this.#ask()
    if (!one("[data-times-fault]", this).hidden) this.#files = before
  }

  #row({ scene_id: id, now, at, within, n: count, spread, outliers }) {
    const sheet = this.desk.draft.document
    const scene = sheet.scenes.find((each) => each.id === id)
    const name = wordsIn(scene?.title, document.documentElement.lang, sheet.languages).text || id
    const box = make("input", { type: "checkbox", "data-accept": id, "aria-label": t("Take the time of {scene}", { scene: name }) })
    box.checked = scene?.timing !== "measured"
    const cells = [exact(now), exact(at), `${at < now ? "−" : "+"}${exact(Math.abs(at - now)).replace(/^0:0?/, "")}`, `±${within} s`, String(count), outliers.map((each) => exact(each)).join(", ")]
    const told = make("tr", { title: t("spread {seconds} s", { seconds: spread }) }, make("td", {}, box), make("th", { scope: "row", dir: "auto" }, name))
    told.append(...cells.map((cell) => make("td", { class: "figures", dir: "ltr" }, cell)))
    return told
  }

  async #take() {
    const accepted = all("[data-accept]:checked", this).map((box) => box.dataset.accept)
    try {
      await this.desk.saveNow()
      const { changes } = await post(`${this.desk.told.api}/times/changes`, { files: this.#files, accepted })
      this.desk.draft.edit(t("times from evenings"), apply(this.desk.draft.document, changes).sheet)
      one("[data-times-said]", this).textContent = t("Done. One undo takes it back.")
    } catch (error) {
      this.#fault(error.message || t("The server cannot be reached. Try again in a moment."))
    }
  }

  #fault(sentence) {
    const place = one("[data-times-fault]", this)
    place.hidden = !sentence
    place.textContent = sentence
  }
}

customElements.define("studio-times", StudioTimes)
