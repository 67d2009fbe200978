// @ts-check
/** Changes as people read them: what happened to which note or scene, field by field. */

import { make } from "./dom.js"
import { fields } from "./studio_changes.js"
import { exact, wordsIn } from "./studio_notes.js"
import { t } from "./words.js"

const LONGEST = 160

/** @param {import("./studio_changes.js").Change[]} changes @param {any} sheet @param {number} [most] @returns {Element[]} */
export function changeRows(changes, sheet, most = 200) {
  const rows = changes.slice(0, most).map((change) => row(change, sheet))
  return changes.length > most ? [...rows, make("li", { class: "quiet small" }, t("and {count} more", { count: changes.length - most }))] : rows
}

/** @param {import("./studio_changes.js").Change} change @param {any} sheet */
function row(change, sheet) {
  const entry = change.after ?? change.before
  const did = change.before === null || change.before === undefined ? "added" : change.after === null || change.after === undefined ? "gone" : "changed"
  const word = { added: t("New"), gone: t("Taken away"), changed: t("Changed") }[did]
  const head = make("p", { class: "studio-change__what" }, make("span", { class: "studio-change__did" }, word), " ", make("bdi", {}, nameOf(change, entry, sheet)))
  const inside = did === "changed" && ["cue", "scene"].includes(change.kind) ? fields(change.before, change.after).map((path) => difference(path, change)) : []
  return make("li", { class: "studio-change", "data-did": did }, head, ...(inside.length ? [make("dl", { class: "studio-change__fields" }, ...inside.flat())] : []))
}

/** @param {string} path @param {any} change */
function difference(path, { before, after }) {
  const [key, lang] = path.split(".")
  const said = (/** @type {any} */ entry) => shown(lang ? entry[key]?.[lang] : entry[key], key)
  return [make("dt", { class: "tiny quiet" }, fieldName(key) + (lang ? ` (${lang})` : "")), make("dd", {}, make("del", { dir: "auto" }, said(before)), " ", make("ins", { dir: "auto" }, said(after)))]
}

/** The words of a version of something, for choosing between two. @param {any} entry @param {any} other @returns {Element} */
export function version(entry, other) {
  if (entry === null || entry === undefined) return make("p", { class: "quiet" }, t("(taken away)"))
  const paths = other && typeof entry === "object" && !Array.isArray(entry) ? fields(entry, other) : []
  if (!paths.length) return make("p", { dir: "auto" }, shown(entry, ""))
  return make("dl", { class: "studio-change__fields" }, ...paths.flatMap((path) => {
    const [key, lang] = path.split(".")
    return [make("dt", { class: "tiny quiet" }, fieldName(key) + (lang ? ` (${lang})` : "")), make("dd", { dir: "auto" }, shown(lang ? entry[key]?.[lang] : entry[key], key))]
  }))
}

/** @param {any} change @param {any} entry @param {any} sheet */
export function nameOf({ kind, id }, entry, sheet) {
  if (kind === "field") return fieldName(id)
  if (kind === "order") return t("the order")
  const lang = globalThis.document?.documentElement.lang ?? "en"
  const words = wordsIn(entry?.title, lang, sheet.languages).text || wordsIn(entry?.text, lang, sheet.languages).text || id
  return [...words].slice(0, LONGEST).join("")
}

/** @param {any} value @param {string} key @returns {string} */
function shown(value, key) {
  if (value === null || value === undefined || value === "") return "—"
  if (typeof value === "number") return ["start", "offset"].includes(key) ? exact(value) : String(value)
  if (value === true) return t("yes")
  if (value === false) return t("no")
  if (typeof value === "string") return value
  if (Array.isArray(value)) return value.map((each) => shown(each?.text ?? each, "")).join(" · ")
  const texts = Object.values(value).map((each) => shown(each, ""))
  return texts.join(" · ")
}

/** @param {string} key */
function fieldName(key) {
  /** @type {Record<string, string>} */
  const names = {
    title: t("title"), text: t("words"), explanation: t("explanation"), options: t("answers"), answer: t("the right answer"), kind: t("kind"), scene: t("scene"), offset: t("after the scene begins"),
    duration: t("how long it stays"), push: t("by itself or waiting"), anywhere: t("may come later"), safe_after: t("gives nothing away after"), source: t("source"), confidence: t("how sure"), results: t("when the result shows"),
    repeats: t("asks again"), lead: t("seconds before"), start: t("begins"), timing: t("how the time was found"), within: t("give or take"), quiet: t("quiet"), checkpoint: t("asks the host to tap"), watch_for: t("what the host watches for"),
    film: t("the film"), edition: t("your copy of the film"), languages: t("languages"), read_by: t("who read it"), reactions: t("reactions"), credits: t("who wrote it, licence"), silence_after: t("silence after the end"), score: t("points"), part: t("before, in or after the film"),
  }
  return names[key] ?? key
}
