// @ts-check
/** What this device keeps of sheets being written: IndexedDB, one record per sheet and tab, so that tabs never overwrite each other. */

const NAME = "companion-studio"
const DRAFTS = "drafts"

/** @typedef {{key: string, slug: string, tab: string, at: number, draft: any}} Kept */

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(DRAFTS, { keyPath: "key" }).createIndex("slug", "slug")
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
    asked.onblocked = () => reject(new Error("blocked"))
  })
}

/** @type {Promise<IDBDatabase> | null} */
let opening = null

/**
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>}
 */
async function within(mode, ask) {
  opening ??= opened()
  const database = await opening
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(DRAFTS, mode)
    const asked = ask(transaction.objectStore(DRAFTS))
    transaction.oncomplete = () => resolve(asked.result)
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
}

/** Every record of a sheet, newest first. @param {string} slug @returns {Promise<Kept[]>} */
export async function keptOf(slug) {
  const found = await within("readonly", (store) => store.index("slug").getAll(slug))
  return found.sort((a, b) => b.at - a.at)
}

/** @param {string} slug @param {string} tab @param {any} draft */
export function keep(slug, tab, draft) {
  return within("readwrite", (store) => store.put({ key: `${slug}/${tab}`, slug, tab, at: Date.now(), draft }))
}

/** @param {string} slug @param {string} tab */
export function forget(slug, tab) {
  return within("readwrite", (store) => store.delete(`${slug}/${tab}`))
}

/** What a page leaves behind in its last moment, when only what is synchronous still happens. */
const JOT = "studio-last "

/** @param {string} slug @param {string} tab @param {any} draft */
export function jot(slug, tab, draft) {
  try {
    localStorage.setItem(`${JOT}${slug}/${tab}`, JSON.stringify({ slug, tab, draft }))
  } catch {
    // Too large for here: IndexedDB has it up to the last second.
  }
}

/** Taken up once. @param {string} slug @returns {{slug: string, tab: string, draft: any}[]} */
export function jotted(slug) {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${JOT}${slug}/`))
    .map((key) => {
      const last = JSON.parse(localStorage.getItem(key) ?? "null")
      localStorage.removeItem(key)
      return last
    })
    .filter(Boolean)
}

/** The sheets of this device with their keys: small, and needed before anything else, so in localStorage. */
const MINE = "studio-sheets"

/** @returns {{slug: string, title: string, token: string, at: number}[]} */
export function mySheets() {
  try {
    return JSON.parse(localStorage.getItem(MINE) ?? "[]")
  } catch {
    return []
  }
}

/** @param {{slug: string, title?: string, token?: string}} sheet */
export function remember(sheet) {
  const others = mySheets().filter(({ slug }) => slug !== sheet.slug)
  const known = mySheets().find(({ slug }) => slug === sheet.slug)
  localStorage.setItem(MINE, JSON.stringify([{ title: "", token: "", ...known, ...sheet, at: Date.now() }, ...others].slice(0, 50)))
}

/** @param {string} slug */
export function disown(slug) {
  localStorage.setItem(MINE, JSON.stringify(mySheets().filter((sheet) => sheet.slug !== slug)))
}
