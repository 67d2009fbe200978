// @ts-check
/** Between form fields and entries: a field names its place (`data-path="text.en"`) and how to read it (`data-type`). */

import { exact, length, time } from "./studio_notes.js"

/** The value at "source.label". @param {any} entry @param {string} path */
export function valueAt(entry, path) {
  return path.split(".").reduce((value, key) => value?.[key], entry)
}

/** A copy with the value put there; an empty one is taken out, and so is a map it leaves empty. @param {any} entry @param {string} path @param {any} value @returns {any} */
export function withValue(entry, path, value) {
  const [key, ...rest] = path.split(".")
  const { [key]: was, ...others } = entry ?? {}
  const now = rest.length ? withValue(was ?? {}, rest.join("."), value) : value
  const isEmpty = now === null || now === undefined || now === "" || (rest.length > 0 && Object.keys(now).length === 0 && key !== "text" && key !== "title")
  if (isEmpty) return others
  return key in (entry ?? {}) ? { ...entry, [key]: now } : { ...others, [key]: now }
}

/** Show an entry in every field of a form that names a place; the field being typed in is left alone. @param {ParentNode} form @param {any} entry */
export function fill(form, entry) {
  for (const field of /** @type {NodeListOf<any>} */ (form.querySelectorAll("[data-path]"))) {
    if (field === document.activeElement && field.matches("input:not([type=radio], [type=checkbox]), textarea") && !field.dataset.stale) continue
    show(field, valueAt(entry, field.dataset.path))
  }
}

/** @param {any} field @param {any} value */
export function show(field, value) {
  const fallback = field.dataset.default ?? ""
  if (field.type === "radio") field.checked = field.value === (value ?? fallback)
  else if (field.type === "checkbox") field.checked = value === true
  else if (field.dataset.type === "time") field.value = exact(value)
  else if (field.dataset.type === "seconds") field.value = length(value)
  else if (String(value ?? fallback) !== field.value) field.value = String(value ?? fallback)
}

/**
 * What a field says: {value}, or {fault: true} when it is no time or number.
 * @param {any} field @returns {{value?: any, fault?: boolean}}
 */
export function said(field) {
  const text = field.value.normalize("NFC")
  if (field.type === "checkbox") return { value: field.checked ? true : null }
  if (field.dataset.type === "time" || field.dataset.type === "seconds") {
    const seconds = time(text)
    return text.trim() === "" ? { value: null } : seconds === null ? { fault: true } : { value: seconds }
  }
  if (field.dataset.type === "number") {
    const number = Number(text)
    return text.trim() === "" ? { value: null } : Number.isInteger(number) ? { value: number } : { fault: true }
  }
  if (field.dataset.default !== undefined && text === field.dataset.default) return { value: null }
  return { value: text === "" ? null : text }
}

/** Typed letter by letter, so that one run of typing is one step; a choice is a step of its own. @param {Element} field */
export function isTyped(field) {
  return field.matches("textarea, input:not([type=radio], [type=checkbox])")
}
