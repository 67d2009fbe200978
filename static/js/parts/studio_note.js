import { all, make, on, one, tell } from "../lib/dom.js"
import { filmScenes, hang, rounded, timeOf } from "../lib/studio_edits.js"
import { fill, isTyped, said, show, withValue } from "../lib/studio_fields.js"
import { languageFields, languageName, showFindings, speak } from "../lib/studio_form.js"
import { repaired } from "../lib/studio_fixes.js"
import { exact, length, readingTime, time, wordsIn } from "../lib/studio_notes.js"
import { t } from "../lib/words.js"
import { fillOptions, optionEdits } from "../lib/studio_answers.js"

const ASKS = ["poll", "quiz"]

/** One note: every field writes into the draft as it is typed. */
class StudioNote extends HTMLElement {
  connectedCallback() {
    this.form = one("form", this)
    this.form.addEventListener("submit", (event) => event.preventDefault())
    on(this, "input", "[data-path]", (event, field) => this.#write(field))
    on(this, "input", "[data-at]", (event, field) => this.#move(time(field.value), field))
    on(this, "blur", "[data-at]", () => this.#showTimes())
    on(this, "change", "[data-at], [data-type]", () => this.#showTimes())
    on(this, "click", "[data-move]", (event, button) => this.#move(this.at + Number(button.dataset.move)))
    on(this, "click", "[data-now]", () => tell(this, "film-clock", { set: (position) => this.#move(position) }))
    on(this, "click", "[data-copy]", () => tell(this, "duplicate", { id: this.id_ }))
    on(this, "click", "[data-away]", () => tell(this, "take-away", { kind: "cue", id: this.id_ }))
    on(this, "click", "[data-repair]", (event, button) => tell(this, "repair", JSON.parse(button.dataset.repair)))
    on(this, "click", "[data-put-away]", (event, button) => tell(this, "flag-read", { id: button.dataset.putAway }))
    optionEdits(this, () => this.cue, (label, cue, key) => this.#edit(label, cue, key))
  }

  get cue() {
    return this.draft.document.cues.find(({ id }) => id === this.id_)
  }

  get at() {
    return timeOf(this.draft.document, this.cue)
  }

  /** @param {object} draft @param {string | null} id null: nothing is chosen */
  show(draft, id) {
    this.draft = draft
    const isOther = this.id_ !== id
    this.id_ = id
    this.hidden = !this.cue
    if (!this.cue) return
    const { languages } = draft.document
    languageFields(this, languages, languageName)
    if (isOther) for (const field of all("[data-path], [data-at]", this)) field.dataset.stale = "1"
    this.#scenes()
    fill(this.form, this.cue)
    fillOptions(this, this.cue, languages)
    this.#showTimes(isOther)
    this.#fit()
    if (isOther) for (const field of all("[data-stale]", this)) delete field.dataset.stale
    this.#check()
  }

  /** To the first field a person would type in. */
  begin() {
    one("[data-word=text]", this)?.focus()
  }

  #write(field) {
    const { value, fault } = said(field)
    const holder = field.closest(".studio-field")
    if (fault) return speak(holder, t("That cannot be read. Try 12, 12.5 or 0:12."), true)
    if (holder) speak(holder, "", false)
    const path = field.dataset.path
    let cue = withValue(this.cue, path, value)
    if (path === "kind") cue = asKind(cue, value)
    if (path === "scene") cue = this.#hung(cue)
    this.#edit(t("words"), cue, isTyped(field) ? `${this.id_} ${path}` : "")
  }

  /** On another scene at the same time, where that scene has one. */
  #hung(cue) {
    const isFilm = filmScenes(this.draft.document).some(({ id }) => id === cue.scene)
    const { offset: _gone, ...untimed } = cue
    const at = this.at
    const start = filmScenes(this.draft.document).find(({ id }) => id === cue.scene)?.start ?? 0
    return isFilm ? { ...cue, offset: Math.max(0, rounded((at ?? start) - start)) } : untimed
  }

  #move(at, field = null) {
    const holder = one("[data-field=offset]", this)
    if (at === null || Number.isNaN(at)) return speak(holder, t("That is not a time. Try 1:02:03, 62:03 or 1h2m3s."), true)
    speak(holder, "", false)
    if (this.at === null && !field) return
    this.#edit(t("time"), hang(this.draft.document, this.cue, Math.max(0, rounded(at))), `${this.id_} at`)
  }

  #edit(label, cue, key) {
    this.draft.editCue(label, this.id_, cue, { key })
  }

  #showTimes(always = true) {
    const field = one("[data-at]", this)
    if (!this.cue || (field === document.activeElement && !always)) return
    if (field !== document.activeElement) field.value = exact(this.at)
    for (const part of all("[data-timed]", this)) part.hidden = this.at === null
    const stays = one("[data-path=duration]", this)
    if (stays !== document.activeElement) stays.value = length(this.cue.duration)
  }

  #scenes() {
    const { document: sheet } = this.draft
    const lang = document.documentElement.lang
    const option = (scene) => make("option", { value: scene.id }, `${scene.start != null ? `${exact(scene.start)} ` : ""}${wordsIn(scene.title, lang, sheet.languages).text || scene.id}`)
    const film = filmScenes(sheet)
    const here = film.findIndex(({ id }) => id === this.cue.scene)
    renew(one("[data-scenes]", this), sheet.scenes.map(option))
    renew(one("[data-safe]", this), [make("option", { value: "" }, t("its own scene")), ...(here < 0 ? film : film.slice(0, here + 1)).map(option)])
    const others = sheet.cues.filter((cue) => ASKS.includes(cue.kind) && cue.id !== this.id_)
    renew(one("[data-repeats]", this), [make("option", { value: "" }, t("nothing")), ...others.map((cue) => make("option", { value: cue.id }, wordsIn(cue.text, lang, sheet.languages).text || cue.id))])
  }

  /** Only the fields of this kind; how long the words take to read. */
  #fit() {
    const { cue } = this
    for (const part of all("[data-only]", this)) part.hidden = !part.dataset.only.split(" ").includes(cue.kind)
    for (const field of all("[data-word=text]", this)) {
      const holder = field.closest("fieldset")
      const words = cue.text?.[field.lang] ?? ""
      one("[data-text-word]", holder).textContent = ASKS.includes(cue.kind) ? t("Question") : t("Words")
      one("[data-count]", holder).textContent = words ? t("{letters} letters, {seconds} s to read", { letters: [...words].length, seconds: readingTime(words).toFixed(1) }) : ""
      field.placeholder = words ? "" : wordsIn(cue.text, field.lang, this.draft.document.languages).text
    }
    for (const field of all("[data-path^='source'], [data-path=confidence]", this)) show(field, field.dataset.path.split(".").reduce((value, key) => value?.[key], cue))
  }

  #check() {
    const { findings, flags } = this.draft.facts
    showFindings(this, findings.filter(({ cue_id: id }) => id === this.id_), (finding) => repaired(this.draft.document, finding) !== null)
    const said = flags.filter(({ cue_id: id }) => id === this.id_)
    one("[data-flags]", this).replaceChildren(...said.map(({ flag_id: id, reason }) => make("li", { class: "studio-flag" }, make("span", {}, t("A guest: {words}", { words: reason || t("something’s wrong here") })), make("button", { type: "button", "data-put-away": id, class: "studio-finding__repair" }, t("Seen to")))))
  }
}

/** What a change of kind brings along and leaves behind. */
function asKind(cue, kind) {
  const { options, answer, results, explanation, repeats, lead, ...rest } = cue
  if (!ASKS.includes(kind)) return kind === "warning" && lead != null ? { ...rest, lead } : rest
  const two = [{ id: "a", text: {} }, { id: "b", text: {} }]
  const kept = { ...rest, options: options ?? two, ...(results && (kind !== "quiz" || results !== "live") ? { results } : {}), ...(repeats ? { repeats } : {}) }
  return kind === "quiz" ? { ...kept, ...(answer ? { answer } : {}), ...(explanation ? { explanation } : {}) } : kept
}

/** New choices in a select, keeping what is chosen. */
function renew(select, options) {
  if (select === document.activeElement) return
  const was = select.value
  select.replaceChildren(...options)
  select.value = was
}

customElements.define("studio-note", StudioNote)
