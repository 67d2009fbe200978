import { all, make, on, one } from "../lib/dom.js"
import { apply } from "../lib/studio_changes.js"
import { languageName } from "../lib/studio_form.js"
import { changeRows } from "../lib/studio_listing.js"
import { save } from "../lib/studio_saving.js"
import { asked, post } from "../lib/studio_sync.js"
import { n, t } from "../lib/words.js"

/** Files in, shown before they change anything; files out, with what each cannot carry. */
class StudioFiles extends HTMLElement {
  #changes = null

  connectedCallback() {
    on(this, "change", "[data-file]", (event, input) => (this.#look(input.files[0], input.files[0].name), (input.value = "")))
    on(this, "click", "[data-paste-in]", () => this.#look(new Blob([one("[data-paste]", this).value]), ""))
    on(this, "click", "[data-import-apply]", () => this.#take())
    on(this, "click", "[data-import-drop]", () => this.#leave(""))
    on(this, "change", "[data-export-lang]", () => this.#exports())
    on(this, "click", "[data-export]", (event, link) => this.#export(event, link))
    const drop = one("[data-drop]", this)
    drop.addEventListener("dragover", (event) => event.preventDefault())
    drop.addEventListener("drop", (event) => {
      event.preventDefault()
      const [file] = event.dataTransfer.files
      if (file) this.#look(file, file.name)
    })
  }

  attach(desk) {
    this.desk = desk
  }

  refresh() {
    const { languages } = this.desk.draft.document
    for (const select of all("[data-file-lang], [data-export-lang]", this)) {
      const was = select.value
      select.replaceChildren(...languages.map((lang) => make("option", { value: lang }, languageName(lang))))
      if (languages.includes(was)) select.value = was
    }
    this.#exports()
  }

  async #look(file, name) {
    this.#leave(t("Reading …"))
    const told = { name, notes_in: one("[data-file-lang]", this).value, kind: one("[data-file-kind]", this).value, form: one("[data-file-form]", this).value }
    try {
      await this.desk.saveNow()
      this.#show(await post(`${this.desk.told.api}/imports?${new URLSearchParams(told)}`, file))
    } catch (error) {
      const faults = error.faults?.length ? error.faults : [error.message || t("The server cannot be reached. Try again in a moment.")]
      this.#leave(t("This file was not taken. Nothing has changed."), faults)
    }
  }

  #show({ format, changes, repairs, more_repairs: more }) {
    this.#changes = changes
    const said = changes.length ? n("{format}: {count} change.", "{format}: {count} changes.", changes.length, { format }) : t("{format}: nothing new in it.", { format })
    this.#say(said, [...repairs, ...(more ? [t("and {count} more", { count: more })] : [])])
    one("[data-import-changes]", this).replaceChildren(...changeRows(changes, this.desk.draft.document))
    for (const button of all("[data-import-apply], [data-import-drop]", this)) button.hidden = changes.length === 0
  }

  #take() {
    const { sheet, conflicts } = apply(this.desk.draft.document, this.#changes)
    const languages = [...new Set([...sheet.languages, one("[data-file-lang]", this).value])]
    this.desk.draft.edit(t("a file brought in"), { ...sheet, languages })
    this.#leave(conflicts.length ? n("Done, but {count} note changed meanwhile and was left as it is.", "Done, but {count} notes changed meanwhile and were left as they are.", conflicts.length) : t("Done. One undo takes it back."))
  }

  #leave(sentence, faults = []) {
    this.#changes = null
    this.#say(sentence, faults)
    one("[data-import-changes]", this).replaceChildren()
    for (const button of all("[data-import-apply], [data-import-drop]", this)) button.hidden = true
  }

  #say(sentence, lines = []) {
    one("[data-import-result]", this).replaceChildren(...(sentence ? [make("p", {}, sentence)] : []), ...(lines.length ? [make("ul", { class: "small" }, ...lines.map((line) => make("li", {}, line)))] : []))
  }

  async #exports() {
    const { api } = this.desk.told
    const lang = one("[data-export-lang]", this).value
    for (const link of all("[data-export]", this)) link.href = `${api}/exports/${link.dataset.export}?notes_in=${encodeURIComponent(lang)}`
    try {
      await this.desk.saveNow()
      const { losses } = await asked(`${api}/losses?notes_in=${encodeURIComponent(lang)}`)
      for (const place of all("[data-losses]", this)) this.#losses(place, losses[place.dataset.losses] ?? [])
      one("[data-offline-export]", this).hidden = true
    } catch {
      one("[data-offline-export]", this).hidden = false
    }
  }

  #losses(place, lost) {
    place.hidden = lost.length === 0
    one("summary", place).textContent = n("{count} thing is lost", "{count} things are lost", lost.length)
    one("ul", place).replaceChildren(...lost.map((words) => make("li", {}, words)))
  }

  /** The complete file is made here, so that it can be had without a connection. */
  #export(event, link) {
    if (link.dataset.export !== "json") return
    event.preventDefault()
    save(`${this.desk.told.slug}.json`, `${JSON.stringify(this.desk.draft.document, null, 2)}\n`)
  }
}

customElements.define("studio-files", StudioFiles)
