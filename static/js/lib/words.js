// @ts-check
/** What the page says, in the reader's language: English in place, other languages from the catalogue in #words. */

/** @type {Record<string, string | string[]>} */
let catalogue = {}
let language = "en"

if (globalThis.document) learn(document.documentElement.lang, JSON.parse(document.querySelector("#words")?.textContent || "{}"))

/** Take another catalogue (pages do it once from #words). @param {string} lang @param {Record<string, string | string[]>} words */
export function learn(lang, words) {
  language = lang || "en"
  catalogue = words
}

/** t("{name} paused", { name: "Ana" }) @param {string} words @param {Record<string, any>} [values] */
export function t(words, values) {
  const said = catalogue[words]
  return filled(typeof said === "string" ? said : words, values)
}

/**
 * n("{count} person here", "{count} people here", 3): the plural of the reader's language.
 * @param {string} singular @param {string} plural @param {number} count @param {Record<string, any>} [values]
 */
export function n(singular, plural, count, values) {
  const said = catalogue[singular]
  const forms = said === undefined ? [singular, plural] : [said].flat() // one where a language has no plural
  return filled(forms[Math.min(form(count), forms.length - 1)], { count, ...values })
}

/** @param {number} count */
function form(count) {
  return new Intl.PluralRules(pluralLanguage()).select(count) === "one" ? 0 : 1
}

function pluralLanguage() {
  return /-X[A-Z]$/i.test(language) ? "en" : language
}

/** @param {string} words @param {Record<string, any>} [values] */
function filled(words, values) {
  return values ? words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : words
}
