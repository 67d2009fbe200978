// @ts-check
/** What the forms of a note and of a scene share: fields per language, checks beside their fields, nudges. */

import { all, make, one } from "./dom.js"
import { t } from "./words.js"

/** One fieldset per language of the sheet, cloned from the form's template; kept while the languages are the same. @param {Element} part @param {string[]} languages @param {(lang: string) => string} nameOf */
export function languageFields(part, languages, nameOf) {
  const place = one("[data-languages]", part)
  const wanted = languages.join(" ")
  if (place.dataset.shown === wanted) return
  place.dataset.shown = wanted
  const template = one("template[data-language-fields]", part)
  place.replaceChildren(
    ...languages.map((lang) => {
      const fields = template.content.cloneNode(true).firstElementChild
      one("legend", fields).textContent = languages.length > 1 ? nameOf(lang) : ""
      for (const field of all("[data-word]", fields)) {
        field.dataset.path = `${field.dataset.word}.${lang}`
        field.lang = lang
      }
      for (const field of all("[data-field]", fields)) field.dataset.lang = lang
      return fields
    }),
  )
}

/** The name of a language in the reader's own. @param {string} lang */
export function languageName(lang) {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(lang) ?? lang
  } catch {
    return lang
  }
}

/**
 * Checks beside the fields they speak of, and in one list above the form.
 * @param {Element} part @param {any[]} findings of this entry @param {(finding: any) => boolean} canRepair
 */
export function showFindings(part, findings, canRepair) {
  one("[data-findings]", part)?.replaceChildren(...findings.map((finding) => findingRow(finding, canRepair(finding))))
  for (const field of all(".studio-field", part)) {
    const found = findings.find((finding) => finding.field === field.dataset.field || (finding.field ?? "").split(".")[0] === field.dataset.field)
    speak(field, found?.sentence ?? "", found?.severity === "error")
  }
}

/** A sentence under a field. @param {Element} field @param {string} sentence @param {boolean} isError */
export function speak(field, sentence, isError) {
  const place = one(":scope > [data-fault], [data-fault]", field)
  if (!place || place.closest(".studio-field, .studio-options") !== field) return
  place.hidden = !sentence
  place.textContent = sentence
  place.dataset.severity = isError ? "error" : "warning"
  for (const input of all("input, textarea, select", field)) input.toggleAttribute("aria-invalid", isError)
  for (const input of all("[aria-invalid]", field)) input.setAttribute("aria-invalid", "true")
}

/** @param {any} finding @param {boolean} canRepair */
export function findingRow(finding, canRepair) {
  const sentence = make("span", { class: "studio-finding__words" }, finding.sentence)
  const repair = canRepair ? [make("button", { type: "button", class: "studio-finding__repair", "data-repair": JSON.stringify(finding) }, t("Repair"))] : []
  return make("li", { class: "studio-finding", "data-severity": finding.severity }, sentence, ...repair)
}
