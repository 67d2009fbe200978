// @ts-check
/**
 * One sheet being written: what the server has, what stands here, and every step back and forth.
 * Documents are never changed in place; unchanged notes stay the same objects, so comparing is cheap.
 */

import { apply, diff, fields, merge, reverse, same } from "./studio_changes.js"

/** @typedef {import("./studio_changes.js").Change} Change */
/** @typedef {import("./studio_changes.js").Conflict} Conflict */
/** @typedef {Record<string, any>} Sheet */
/** @typedef {{label: string, key: string, at: number, changes: Change[]}} Step */

export const STEPS_KEPT = 300
const ONE_STEP_MS = 2000

export class Draft extends EventTarget {
  /** @param {{revision: number, document: Sheet}} server */
  constructor(server) {
    super()
    this.server = server
    this.document = server.document
    /** @type {Step[]} */
    this.undone = []
    /** @type {Step[]} */
    this.done = []
    /** @type {Conflict[]} */
    this.conflicts = []
    /** @type {Record<string, any>} */
    this.facts = { findings: [], flags: [], published: null, listed: true, keys: 1 }
    /** Seconds that the server's clock is ahead of this device's. */
    this.ahead = 0
  }

  /** As it was kept on this device. @param {any} kept */
  static from(kept) {
    const draft = new Draft(kept.server)
    Object.assign(draft, { document: kept.document, done: kept.done, undone: kept.undone, conflicts: kept.conflicts })
    return draft
  }

  /** What to keep on this device. */
  kept() {
    const { server, document, done, undone, conflicts } = this
    return { server, document, done, undone, conflicts }
  }

  get unsent() {
    return this.document === this.server.document ? [] : diff(this.server.document, this.document)
  }

  /**
   * One step. Steps with the same key within two seconds become one (typing).
   * @param {string} label what the undo button says @param {Sheet} next @param {{key?: string, now?: number}} [how]
   */
  edit(label, next, { key = "", now = Date.now() } = {}) {
    const changes = diff(this.document, next)
    if (!changes.length) return
    this.document = next
    this.undone = []
    if (!this.#extends(key, now, changes)) this.done.push({ label, key, at: now, changes })
    if (this.done.length > STEPS_KEPT) this.done.shift()
    this.#tell(changes)
  }

  /** A new version of one note (null takes it away). @param {string} label @param {string} id @param {any} cue @param {{key?: string}} [how] */
  editCue(label, id, cue, how) {
    this.edit(label, replaced(this.document, "cues", id, cue), how)
  }

  /** @param {string} label @param {string} id @param {any} scene @param {{key?: string}} [how] */
  editScene(label, id, scene, how) {
    this.edit(label, replaced(this.document, "scenes", id, scene), how)
  }

  undo() {
    return this.#step(this.done, this.undone)
  }

  redo() {
    return this.#step(this.undone, this.done)
  }

  /**
   * The server's answer to what was sent: others' changes come in, what was typed meanwhile stays.
   * @param {Sheet} sent @param {{revision: number, changes?: Change[], document?: Sheet, conflicts: Conflict[]}} answer
   */
  receive(sent, { revision, changes, document, conflicts }) {
    const theirs = document ?? apply(this.server.document, changes ?? []).sheet
    const before = this.document
    const merged = merge(sent, before, theirs)
    const met = [...conflicts.map((conflict) => ({ ...conflict, mine: mineNow(before, conflict) })), ...merged.conflicts]
    this.server = { revision, document: theirs }
    this.document = same(merged.sheet, theirs) ? theirs : merged.sheet
    this.conflicts = [...this.conflicts.filter((old) => !met.some((each) => isSame(old, each))), ...met]
    const heard = diff(before, this.document)
    if (heard.length || met.length) this.#tell(heard, "others")
  }

  /** One of two versions of the same thing is chosen. @param {Conflict} conflict @param {"mine" | "theirs"} which */
  settle(conflict, which) {
    this.conflicts = this.conflicts.filter((each) => each !== conflict)
    const { kind, id, mine } = conflict
    const now = apply(this.document, [{ kind: /** @type {Change["kind"]} */ (kind), id, before: standingNow(this.document, conflict), after: mine }])
    if (which === "mine") this.edit("choose", now.sheet)
    this.#tell([])
  }

  /** Checks, flags and what is published. @param {Record<string, any>} facts */
  learn(facts) {
    const { document: _d, changes: _c, conflicts: _x, revision: _r, now, ...rest } = facts
    this.facts = rest
    if (now) this.ahead = now - Date.now() / 1000
    this.dispatchEvent(new CustomEvent("facts"))
  }

  /** @param {Step[]} from @param {Step[]} to @returns {{label: string, conflicts: Conflict[]} | null} */
  #step(from, to) {
    const step = from.pop()
    if (!step) return null
    const before = this.document
    const { sheet, conflicts } = apply(before, reverse(step.changes))
    to.push({ ...step, key: "", changes: reverse(step.changes) })
    this.document = sheet
    this.#tell(diff(before, sheet))
    return { label: step.label, conflicts }
  }

  /** @param {string} key @param {number} now @param {Change[]} changes */
  #extends(key, now, changes) {
    const last = this.done.at(-1)
    if (!key || !last || last.key !== key || now - last.at > ONE_STEP_MS || last.changes.length !== 1 || changes.length !== 1) return false
    const [first] = last.changes
    const [next] = changes
    if (first.kind !== next.kind || first.id !== next.id) return false
    last.changes = [{ ...first, after: next.after }]
    last.at = now
    return true
  }

  /** @param {Change[]} changes */
  #tell(changes, by = "author") {
    this.dispatchEvent(new CustomEvent("change", { detail: { changes, by } }))
  }
}

/** @param {Sheet} sheet @param {"cues" | "scenes"} list @param {string} id @param {any} entry @returns {Sheet} */
export function replaced(sheet, list, id, entry) {
  const entries = sheet[list].flatMap((/** @type {any} */ each) => (each.id !== id ? [each] : entry ? [entry] : []))
  return { ...sheet, [list]: entries }
}

/** What one change did, for people: "text.en, duration". @param {Change} change */
export function changedFields(change) {
  return change.kind === "cue" || change.kind === "scene" ? fields(change.before, change.after) : []
}

/** @param {Sheet} sheet @param {Conflict} conflict */
function mineNow(sheet, conflict) {
  return conflict.kind === "order" ? conflict.mine : standingNow(sheet, conflict)
}

/** @param {Sheet} sheet @param {Conflict} conflict */
function standingNow(sheet, { kind, id }) {
  if (kind === "field") return sheet[id] ?? null
  if (kind === "order") return sheet[id].map((/** @type {any} */ each) => each.id)
  return sheet[kind === "cue" ? "cues" : "scenes"].find((/** @type {any} */ each) => each.id === id) ?? null
}

/** @param {Conflict} a @param {Conflict} b */
function isSame(a, b) {
  return a.kind === b.kind && a.id === b.id
}
