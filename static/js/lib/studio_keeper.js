// @ts-check
/** Never lose work: every edit is on this device within a second and on the server within three, and comes back after anything. */

import { merge } from "./studio_changes.js"
import { Draft } from "./studio_draft.js"
import { forget, jot, jotted, keep, keptOf } from "./studio_store.js"

const LOCAL_AFTER_MS = 200
const LOCAL_AT_MOST_MS = 800

/** Keeps a draft on this device as it changes. */
export class LocalKeeper {
  #timer = 0
  #since = 0

  /** @param {Draft} draft @param {string} slug @param {string} tab @param {(error: unknown) => void} failed */
  constructor(draft, slug, tab, failed) {
    this.draft = draft
    this.slug = slug
    this.tab = tab
    this.failed = failed
    draft.addEventListener("change", () => (draft.done.at(-1)?.key ? this.soon() : this.now()))
    addEventListener("pagehide", () => jot(slug, tab, draft.kept()))
  }

  /** Typing waits for a pause, but never longer than a second. */
  soon() {
    const now = Date.now()
    this.#since ||= now
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.now(), Math.max(0, Math.min(LOCAL_AFTER_MS, this.#since + LOCAL_AT_MOST_MS - now)))
  }

  async now() {
    clearTimeout(this.#timer)
    this.#since = 0
    try {
      await keep(this.slug, this.tab, this.draft.kept())
    } catch (error) {
      this.failed(error)
    }
  }
}

/**
 * The draft this tab goes on with: its own, else what a closed tab left, with what others left unsent laid in.
 * @param {string} slug @param {{name: string}} tab @param {Set<string>} alive @returns {Promise<Draft | null>}
 */
export async function found(slug, tab, alive) {
  for (const last of jotted(slug)) await keep(slug, last.tab, last.draft)
  const kept = (await keptOf(slug)).filter((each) => each.tab === tab.name || !alive.has(each.tab))
  const own = kept.find((each) => each.tab === tab.name) ?? kept[0]
  if (!own) return null
  const draft = Draft.from(own.draft)
  for (const other of kept.filter((each) => each !== own)) takeOver(draft, other.draft)
  await keep(slug, tab.name, draft.kept())
  for (const other of kept.filter((each) => each.tab !== tab.name)) await forget(slug, other.tab)
  return draft
}

/** @param {Draft} draft @param {any} left */
function takeOver(draft, left) {
  const { sheet, conflicts } = merge(left.server.document, left.document, draft.document)
  draft.edit("left in another tab", sheet)
  draft.conflicts = [...draft.conflicts, ...left.conflicts, ...conflicts]
}
