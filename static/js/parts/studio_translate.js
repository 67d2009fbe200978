import { all, make, on, one } from "../lib/dom.js"
import { valueAt, withValue } from "../lib/studio_fields.js"
import { languageName } from "../lib/studio_form.js"
import { coverage, inOrder, scenesWithNotes } from "../lib/studio_notes.js"
import { t } from "../lib/words.js"

/** Two languages side by side, what each one lacks, and who has read it. */
class StudioTranslate extends HTMLElement {
  #shown = ""

  connectedCallback() {
    on(this, "change", "[data-from], [data-into], [data-missing]", () => this.#draw(true))
    on(this, "input", "[data-cell]", (event, field) => this.#write(field))
    on(this, "input", "[data-read-by]", (event, field) => this.#readBy(field))
    on(this, "submit", "[data-new-language]", (event, form) => (event.preventDefault(), this.#add(form.lang.value)))
  }

  attach(desk) {
    this.desk = desk
  }

  get sheet() {
    return this.desk.draft.document
  }

  get into() {
    return one("[data-into]", this).value
  }

  refresh() {
    const { languages } = this.sheet
    for (const [selector, fallback] of [["[data-from]", 0], ["[data-into]", 1]]) {
      const select = one(selector, this)
      const was = select.value
      select.replaceChildren(...languages.map((lang) => make("option", { value: lang }, languageName(lang))))
      select.value = languages.includes(was) ? was : (languages[fallback] ?? languages[0])
    }
    this.#offer()
    this.#draw(false)
  }

  /** Languages that are not there yet. */
  #offer() {
    const select = one("[name=lang]", this)
    for (const option of select.options) option.hidden = option.disabled = this.sheet.languages.includes(option.value)
    if (select.selectedOptions[0]?.disabled ?? true) select.value = [...select.options].find((option) => !option.disabled)?.value ?? ""
  }

  #draw(always) {
    const { sheet, into } = this
    const from = one("[data-from]", this).value
    this.#coverage()
    const reader = one("[data-read-by]", this)
    one("[data-read-label]", this).textContent = t("Who read {language} as a native reader", { language: languageName(into) })
    if (reader !== document.activeElement) reader.value = sheet.read_by?.[into] ?? ""
    const only = one("[data-missing]", this).checked
    const texts = textsOf(sheet)
    const shape = JSON.stringify([from, into, only, texts.map(({ kind, id, path }) => `${kind}${id}${path}`)])
    if (!always && shape === this.#shown) return this.#fill(from, into)
    this.#shown = shape
    const shown = texts.filter(({ words }) => words[from] || words[into]).filter(({ words }) => !only || !words[into])
    one("[data-rows]", this).replaceChildren(...shown.map((text) => row(text, from, into)))
  }

  #fill(from, into) {
    for (const field of all("[data-cell]", this)) {
      if (field === document.activeElement) continue
      const words = this.#entry(field)
      field.value = valueAt(words, `${field.dataset.path}.${field.lang}`) ?? ""
    }
  }

  #entry(field) {
    return this.sheet[field.dataset.kind === "scene" ? "scenes" : "cues"].find(({ id }) => id === field.dataset.id)
  }

  #coverage() {
    one("[data-coverage]", this).replaceChildren(
      ...this.sheet.languages.flatMap((lang) => {
        const { there, of, share } = coverage(this.sheet, lang)
        const read = this.sheet.read_by?.[lang]
        return [make("dt", {}, languageName(lang)), make("dd", {}, `${Math.floor(share * 100)} % (${there}/${of}) · `, read ? t("read by {name}", { name: read }) : t("not yet read by a native reader"))]
      }),
    )
  }

  #write(field) {
    const entry = this.#entry(field)
    const words = field.value.normalize("NFC")
    const [list, index] = field.dataset.path.split(".")
    const path = `${field.dataset.path}.${field.lang}`
    const next = list === "options" ? { ...entry, options: entry.options.map((option, at) => (at === Number(index) ? withValue(option, `text.${field.lang}`, words) : option)) } : withValue(entry, path, words)
    const how = { key: `${entry.id} ${path}` }
    if (field.dataset.kind === "scene") this.desk.draft.editScene(t("words"), entry.id, next, how)
    else this.desk.draft.editCue(t("words"), entry.id, next, how)
    field.closest(".studio-translate__row").toggleAttribute("data-lacks", !words)
  }

  #readBy(field) {
    const sheet = { ...this.sheet, read_by: { ...this.sheet.read_by, [this.into]: field.value.trim() || null } }
    this.desk.draft.edit(t("who read it"), sheet, { key: `read_by ${this.into}` })
  }

  #add(lang) {
    const { languages, read_by: readBy } = this.sheet
    if (!languages.includes(lang)) this.desk.draft.edit(t("a language"), { ...this.sheet, languages: [...languages, lang], read_by: { ...readBy, [lang]: null } })
    this.refresh()
    one("[data-into]", this).value = lang
    this.#draw(true)
  }
}

/** Every text of the sheet in the order of the evening. */
function textsOf(sheet) {
  const scenes = scenesWithNotes(sheet).filter(({ scene }) => scene.part !== "lost").flatMap(({ scene }) => ["title", "watch_for"].map((path) => ({ kind: "scene", id: scene.id, path, words: scene[path] ?? {} })))
  const cues = inOrder(sheet).flatMap((cue) => [
    ...["title", "text", "explanation"].map((path) => ({ kind: "cue", id: cue.id, path, words: cue[path] ?? {} })),
    ...(cue.options ?? []).map((option, index) => ({ kind: "cue", id: cue.id, path: `options.${index}.text`, words: option.text ?? {} })),
  ])
  return [...cues, ...scenes]
}

function row({ kind, id, path, words }, from, into) {
  const cell = (lang, label) => {
    const field = make("textarea", { rows: path === "text" ? 3 : 1, lang, dir: "auto", "data-cell": true, "data-kind": kind, "data-id": id, "data-path": path, "aria-label": label, placeholder: words[lang] ? null : (words[from] ?? "") })
    field.value = words[lang] ?? ""
    return field
  }
  const what = { title: t("title"), text: t("words"), explanation: t("explanation"), watch_for: t("what the host watches for") }[path] ?? t("answer {letter}", { letter: "ABCDEF"[Number(path.split(".")[1])] })
  const label = (lang) => `${what}, ${languageName(lang)}`
  const told = make("p", { class: "studio-translate__what tiny quiet" }, what)
  const cells = from === into ? [cell(into, label(into))] : [cell(from, label(from)), cell(into, label(into))]
  return make("div", { class: "studio-translate__row", "data-lacks": words[into] ? null : "" }, told, ...cells)
}

customElements.define("studio-translate", StudioTranslate)
