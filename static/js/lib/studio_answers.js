// @ts-check
/** The answers of a poll or quiz: two to six rows with their words in each language, and the right one. */

import { all, make, on, one } from "./dom.js"
import { languageName } from "./studio_form.js"
import { t } from "./words.js"

const MOST = 6
const FEWEST = 2

/** @param {Element} part @param {any} cue @param {string[]} languages */
export function fillOptions(part, cue, languages) {
  const list = one("[data-options]", part)
  const options = cue.options ?? []
  const shape = `${cue.id} ${options.map((/** @type {any} */ o) => o.id).join(" ")} ${languages.join(" ")}`
  if (list.dataset.shape !== shape) {
    list.dataset.shape = shape
    list.replaceChildren(...options.map((/** @type {any} */ option, /** @type {number} */ index) => row(part, option, index, languages)))
  }
  options.forEach((/** @type {any} */ option, /** @type {number} */ index) => {
    const at = list.children[index]
    one("[data-right]", at).checked = cue.answer === option.id
    one("[data-right]", at).closest("label").hidden = cue.kind !== "quiz"
    for (const field of all("[data-option-lang]", at)) if (field !== document.activeElement) field.value = option.text?.[field.dataset.optionLang] ?? ""
    one("[data-away-option]", at).disabled = options.length <= FEWEST
  })
  one("[data-add-option]", part).disabled = options.length >= MOST
}

/**
 * Typing, adding, taking away and choosing the right one, as steps.
 * @param {Element} part @param {() => any} current @param {(label: string, cue: any, key: string) => void} edit
 */
export function optionEdits(part, current, edit) {
  on(part, "input", "[data-option-lang]", (event, field) => {
    const cue = current()
    const options = cue.options.map((/** @type {any} */ option) => (option.id === field.dataset.option ? { ...option, text: withWords(option.text, field.dataset.optionLang, field.value.normalize("NFC")) } : option))
    edit(t("an answer"), { ...cue, options }, `${cue.id} option ${field.dataset.option}`)
  })
  on(part, "change", "[data-right]", (event, field) => edit(t("the right answer"), { ...current(), answer: field.value }, ""))
  on(part, "click", "[data-add-option]", () => {
    const cue = current()
    const options = cue.options ?? []
    const taken = new Set(options.map((/** @type {any} */ option) => option.id))
    const id = [..."abcdefghijklmnop"].find((letter) => !taken.has(letter)) ?? "z"
    edit(t("an answer"), { ...cue, options: [...options, { id, text: {} }] }, "")
  })
  on(part, "click", "[data-away-option]", (event, button) => {
    const { answer, ...cue } = current()
    const id = button.closest("li").dataset.option
    const options = cue.options.filter((/** @type {any} */ option) => option.id !== id)
    edit(t("an answer"), { ...cue, options, ...(answer && answer !== id ? { answer } : {}) }, "")
  })
}

/** @param {Element} part @param {any} option @param {number} index @param {string[]} languages */
function row(part, option, index, languages) {
  const made = one("template[data-option-row]", part).content.cloneNode(true).firstElementChild
  const letter = "ABCDEF"[index] ?? "?"
  made.dataset.option = option.id
  one(".studio-option__letter", made).textContent = letter
  one("[data-right]", made).value = option.id
  const fields = languages.map((lang) => make("input", { lang, dir: "auto", "data-option": option.id, "data-option-lang": lang, "aria-label": t("Answer {letter}, {language}", { letter, language: languageName(lang) }), placeholder: languages.length > 1 ? languageName(lang) : null, autocomplete: "off" }))
  one(".studio-option__words", made).append(...fields)
  return made
}

/** @param {any} words @param {string} lang @param {string} text */
function withWords(words, lang, text) {
  const { [lang]: _was, ...others } = words ?? {}
  return text ? { ...others, [lang]: text } : others
}
