// @ts-check
/**
 * What differs between two sheet documents, and how changes of several authors come together.
 * Twin of companion/rules/sheet_diff.py; both run tests/shared/sheet_diff.json.
 */

/** @typedef {{kind: "cue" | "scene" | "field" | "order", id: string, before?: any, after?: any, follows?: string | null}} Change */
/** @typedef {{kind: string, id: string, before: any, mine: any, theirs: any}} Conflict */
/** @typedef {Record<string, any>} Sheet */

const LISTS = /** @type {Record<string, string>} */ ({ cue: "cues", scene: "scenes" })

/** What to do to the old document to get the new one. @param {Sheet} before @param {Sheet} after @returns {Change[]} */
export function diff(before, after) {
  /** @type {Change[]} */
  const changes = []
  for (const [kind, name] of Object.entries(LISTS)) changes.push(...diffList(kind, before[name] ?? [], after[name] ?? []))
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (Object.values(LISTS).includes(key) || same(before[key], after[key])) continue
    changes.push({ kind: "field", id: key, before: before[key] ?? null, after: after[key] ?? null })
  }
  return [...changes, ...moves(before, after, changes)]
}

/**
 * The document with every change that fits, and the ones that do not.
 * @param {Sheet} sheet @param {Change[]} changes @returns {{sheet: Sheet, conflicts: Conflict[]}}
 */
export function apply(sheet, changes) {
  const result = { ...sheet }
  const conflicts = []
  for (const change of changes) {
    const there = standing(result, change)
    const isOrder = change.kind === "order"
    const expected = isOrder ? ordered(result, change.id, change.before) : (change.before ?? null)
    const wanted = isOrder ? ordered(result, change.id, change.after) : (change.after ?? null)
    if (same(there, wanted)) continue
    if (same(there, expected)) put(result, change, wanted)
    else conflicts.push({ kind: change.kind, id: change.id, before: change.before ?? null, mine: change.after ?? null, theirs: there })
  }
  return { sheet: result, conflicts }
}

/** Three-way: everything of theirs, and of mine what touches other notes. @param {Sheet} base @param {Sheet} mine @param {Sheet} theirs */
export function merge(base, mine, theirs) {
  return apply(theirs, diff(base, mine))
}

/** What takes the changes of one diff back: first the order, then each entry behind its old neighbour. @param {Change[]} changes @returns {Change[]} */
export function reverse(changes) {
  const moves = changes.filter(({ kind }) => kind === "order").reverse()
  const others = changes.filter(({ kind }) => kind !== "order")
  return [...moves, ...others].map(({ before, after, ...rest }) => ({ ...rest, before: after ?? null, after: before ?? null }))
}

/** The fields in which two versions differ, languages of a text apart: "text.ko". @param {any} before @param {any} after @returns {string[]} */
export function fields(before, after) {
  const was = before ?? {}
  const now = after ?? {}
  return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((key) => {
    if (same(was[key], now[key])) return []
    if (!isMap(was[key]) || !isMap(now[key])) return [key]
    const parts = [...new Set([...Object.keys(was[key]), ...Object.keys(now[key])])]
    return parts.filter((part) => !same(was[key][part], now[key][part])).map((part) => `${key}.${part}`)
  })
}

/** Equal as JSON values, whatever the order of keys. @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (a === b) return true
  if (a == null || b == null || typeof a !== "object" || typeof b !== "object") return (a ?? null) === (b ?? null)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
}

/** @param {string} kind @param {any[]} before @param {any[]} after @returns {Change[]} */
function diffList(kind, before, after) {
  const was = new Map(before.map((each) => [each.id, each]))
  const now = new Map(after.map((each) => [each.id, each]))
  const name = /** @type {Change["kind"]} */ (kind)
  /** @type {Change[]} */
  const changes = before.filter(({ id }) => !now.has(id)).map((each) => ({ kind: name, id: each.id, before: each, after: null, follows: idBefore(before, each.id) }))
  after.forEach((each, index) => {
    const there = was.get(each.id) ?? null
    if (same(there, each)) return
    changes.push({ kind: name, id: each.id, before: there, after: each, follows: there ? null : (after[index - 1]?.id ?? null) })
  })
  return changes
}

/** @param {any[]} entries @param {string} id */
function idBefore(entries, id) {
  return entries[entries.findIndex((each) => each.id === id) - 1]?.id ?? null
}

/** @param {Sheet} before @param {Sheet} after @param {Change[]} changes @returns {Change[]} */
function moves(before, after, changes) {
  const moved = apply({ ...before }, changes).sheet
  return Object.values(LISTS).flatMap((name) => {
    const now = ids(moved, name)
    const wanted = ids(after, name)
    return same(now, wanted) ? [] : [{ kind: /** @type {const} */ ("order"), id: name, before: now, after: wanted }]
  })
}

/** @param {Sheet} sheet @param {string} name @returns {string[]} */
function ids(sheet, name) {
  return (sheet[name] ?? []).map((/** @type {any} */ each) => each.id)
}

/** @param {Sheet} sheet @param {Change} change */
function standing(sheet, change) {
  if (change.kind === "field") return sheet[change.id] ?? null
  if (change.kind === "order") return ids(sheet, change.id)
  return (sheet[LISTS[change.kind]] ?? []).find((/** @type {any} */ each) => each.id === change.id) ?? null
}

/** The wanted order of what is there: strangers stay behind the one they stood behind. @param {Sheet} sheet @param {string} name @param {string[]} wanted */
function ordered(sheet, name, wanted) {
  const there = ids(sheet, name)
  const order = (wanted ?? []).filter((id) => there.includes(id))
  const known = new Set(order)
  there.forEach((id, index) => {
    if (!known.has(id)) order.splice(index ? order.indexOf(there[index - 1]) + 1 : 0, 0, id)
  })
  return order
}

/** @param {Sheet} sheet @param {Change} change @param {any} wanted */
function put(sheet, change, wanted) {
  if (change.kind === "field") {
    if (wanted === null) delete sheet[change.id]
    else sheet[change.id] = wanted
    return
  }
  const name = LISTS[change.kind] ?? change.id
  const entries = [...(sheet[name] ?? [])]
  if (change.kind === "order") {
    const byId = new Map(entries.map((each) => [each.id, each]))
    sheet[name] = wanted.map((/** @type {string} */ id) => byId.get(id))
    return
  }
  const at = entries.findIndex((each) => each.id === change.id)
  if (at < 0) entries.splice(place(entries, change.follows), 0, wanted)
  else if (wanted === null) entries.splice(at, 1)
  else entries[at] = wanted
  sheet[name] = entries
}

/** @param {any[]} entries @param {string | null | undefined} follows */
function place(entries, follows) {
  if (!follows) return 0
  const at = entries.findIndex((each) => each.id === follows)
  return at < 0 ? entries.length : at + 1
}

/** @param {any} value */
function isMap(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value)
}
