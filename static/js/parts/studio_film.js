import { all, make, on, one } from "../lib/dom.js"
import { fill, said, withValue } from "../lib/studio_fields.js"
import { languageFields, languageName, showFindings, speak } from "../lib/studio_form.js"
import { t } from "../lib/words.js"

const MOST_REACTIONS = 6

/** What is true of the film and of the notes as a whole. */
class StudioFilm extends HTMLElement {
  connectedCallback() {
    this.form = one("form", this)
    this.form.addEventListener("submit", (event) => event.preventDefault())
    on(this, "input", "[data-path]", (event, field) => this.#write(field))
    on(this, "change", "[data-type]", () => this.refresh())
    on(this, "input", "[data-reaction]", () => this.#writeReactions())
    on(this, "click", "[data-add-reaction]", () => this.#keepReactions([...(this.sheet.reactions ?? []), { emoji: "", name: {} }]))
    on(this, "click", "[data-away-reaction]", (event, button) => this.#keepReactions(this.sheet.reactions.filter((_, index) => index !== Number(button.dataset.awayReaction))))
  }

  attach(desk) {
    this.desk = desk
  }

  get sheet() {
    return spoken(this.desk.draft.document)
  }

  refresh() {
    const { facts } = this.desk.draft
    languageFields(this, this.sheet.languages, languageName)
    fill(this.form, this.sheet)
    this.#showReactions()
    showFindings(this, facts.findings.filter(({ cue_id: cue, scene_id: scene, field }) => !cue && !scene && !field?.startsWith("other_editions")), () => false)
  }

  #write(field) {
    const { value, fault } = said(field)
    const holder = field.closest(".studio-field")
    if (fault) return speak(holder, t("That cannot be read. Try 2:07:00, 127:00 or 127m."), true)
    speak(holder, "", false)
    const path = field.dataset.path
    let sheet = withValue(this.sheet, path, path === "edition.name" ? (value ?? "") : value)
    if (path === "edition.name" && !value) sheet = { ...sheet, edition: { ...sheet.edition, name: "" } }
    if (path === "edition.runtime") sheet = { ...sheet, film: { ...sheet.film, runtime: value ?? 0 }, edition: { ...sheet.edition, runtime: value ?? 0 } }
    this.desk.draft.edit(t("the film"), sheet, { key: `film ${path}` })
  }

  #showReactions() {
    const { languages, reactions = [] } = this.sheet
    const place = one("[data-reactions]", this)
    const shape = `${reactions.length} ${languages.join()}`
    if (place.dataset.shape !== shape) {
      place.dataset.shape = shape
      place.replaceChildren(...reactions.map((_, index) => reactionRow(index, languages)))
    }
    for (const field of all("[data-reaction]", place)) {
      const reaction = reactions[Number(field.dataset.reaction)]
      if (field !== document.activeElement) field.value = (field.dataset.part === "emoji" ? reaction.emoji : reaction.name?.[field.dataset.part]) ?? ""
    }
    one("[data-add-reaction]", this).disabled = reactions.length >= MOST_REACTIONS
  }

  #writeReactions() {
    const rows = all("[data-reactions] > *", this).map((row) => {
      const value = (part) => one(`[data-part="${part}"]`, row).value.trim().normalize("NFC")
      const name = Object.fromEntries(this.sheet.languages.map((lang) => [lang, value(lang)]).filter(([, words]) => words))
      return { emoji: value("emoji"), name }
    })
    this.#keepReactions(rows)
  }

  #keepReactions(reactions) {
    const { reactions: _was, ...sheet } = this.sheet
    this.desk.draft.edit(t("a reaction"), reactions.length ? { ...this.sheet, reactions } : sheet, { key: "reactions" })
    this.#showReactions()
  }
}

/** A director whose name is given once for all languages, as one in the first of them. */
function spoken(sheet) {
  const { director } = sheet.film ?? {}
  return typeof director === "string" ? { ...sheet, film: { ...sheet.film, director: { [sheet.languages[0]]: director } } } : sheet
}

function reactionRow(index, languages) {
  const emoji = make("input", { class: "emoji studio-reactions__emoji", "data-reaction": index, "data-part": "emoji", "aria-label": t("Emoji {number}", { number: index + 1 }), maxlength: 16, autocomplete: "off" })
  const names = languages.map((lang) => make("input", { lang, dir: "auto", "data-reaction": index, "data-part": lang, "aria-label": t("Name of emoji {number}, {language}", { number: index + 1, language: languageName(lang) }), placeholder: languageName(lang), maxlength: 40, autocomplete: "off" }))
  const away = make("button", { type: "button", class: "studio-option__away", "data-away-reaction": index, "aria-label": t("Take emoji {number} away", { number: index + 1 }) }, "×")
  return make("div", { class: "studio-reactions__row" }, emoji, ...names, away)
}

customElements.define("studio-film", StudioFilm)
