// @ts-check
/** The author's desk: the draft with its keepers, what is chosen on it, and the acts that more than one part offers. */

import { fromHtml } from "./dom.js"
import { Draft, replaced } from "./studio_draft.js"
import * as edits from "./studio_edits.js"
import { repaired } from "./studio_fixes.js"
import { found, LocalKeeper } from "./studio_keeper.js"
import { inOrder, newNote, newScene, titleOf } from "./studio_notes.js"
import { withoutScene } from "./studio_releases.js"
import { mySheets, remember } from "./studio_store.js"
import { asked, post, Sync } from "./studio_sync.js"
import { Tabs } from "./studio_tabs.js"
import { t } from "./words.js"

export class Desk extends EventTarget {
  /** "cue a", "scene b" or "" */
  chosen = ""
  known = ""

  /** @param {{slug: string, api: string, language: string, origin: string}} told */
  constructor(told) {
    super()
    this.told = told
    /** @type {Draft} */
    this.draft = /** @type {any} */ (null)
  }

  /** The draft of this tab from this device or the server; false when neither has it for us. */
  async open() {
    await this.#useLink()
    const tabs = new Tabs(this.told.slug)
    const alive = await tabs.meet()
    const kept = await found(this.told.slug, tabs, alive).catch(() => null)
    const draft = kept ?? (await this.#fromServer())
    if (!draft) return false
    this.draft = draft
    this.lang = draft.document.languages.includes(this.told.language) ? this.told.language : draft.document.languages[0]
    this.local = new LocalKeeper(draft, this.told.slug, tabs.name, () => this.#tell("standing", { device: false }))
    this.sync = new Sync(draft, this.told.api, () => localStorage.getItem("studio-author") ?? "")
    this.sync.addEventListener("standing", () => this.#tell("standing"))
    this.sync.addEventListener("sent", () => tabs.tellSaved())
    tabs.addEventListener("saved", () => this.sync?.now())
    for (const type of ["change", "facts"]) draft.addEventListener(type, () => this.#changed())
    await this.local.now()
    this.sync.now()
    this.known = this.title
    remember({ slug: this.told.slug, title: this.known })
    return true
  }

  /** The server's time in seconds, as near as one answer tells it. */
  serverNow() {
    return Date.now() / 1000 + this.draft.ahead
  }

  get title() {
    return titleOf(this.draft.document, this.told.language)
  }

  get token() {
    return mySheets().find(({ slug }) => slug === this.told.slug)?.token ?? ""
  }

  get editLink() {
    return `${this.told.origin}/studio/${this.told.slug}#${this.token}`
  }

  get standing() {
    return this.sync?.standing ?? "saved"
  }

  get standingWords() {
    return {
      saved: t("Saved"),
      unsent: t("Saved on this device"),
      sending: t("Saving …"),
      offline: t("No connection: everything is kept on this device and sent later"),
      locked: t("This edit link no longer works. Your changes are kept on this device."),
      refused: this.sync?.sentence || t("The server would not take the last change."),
    }[this.standing]
  }

  /** @param {string} link @returns {Promise<boolean>} */
  async unlock(link) {
    const token = link.includes("#") ? link.slice(link.lastIndexOf("#") + 1) : link.trim()
    try {
      await post(`${this.told.api}/authors`, { author_token: token })
    } catch {
      return false
    }
    remember({ slug: this.told.slug, token })
    this.sync?.now()
    return true
  }

  /** @param {string} kind @param {string} id */
  choose(kind, id) {
    this.chosen = `${kind} ${id}`
    this.#changed()
  }

  /** @param {string} what @param {string} scene @param {any} clock */
  add(what, scene, clock) {
    const sheet = this.draft.document
    if (what === "scene") return this.#addScene(sheet, clock.seen)
    const last = inOrder(sheet).filter((cue) => cue.scene === scene).at(-1)
    const note = newNote(sheet, "theme", scene, last ? (last.offset || 0) + (last.duration || 0) + 30 : 0)
    this.draft.edit(t("a new note"), { ...sheet, cues: [...sheet.cues, note] })
    this.choose("cue", note.id)
  }

  /** A note in the scene of what is chosen. @param {any} clock */
  addHere(clock) {
    const [kind, id] = this.chosen.split(/ (.*)/)
    const sheet = this.draft.document
    const scene = kind === "scene" ? id : sheet.cues.find((/** @type {any} */ cue) => cue.id === id)?.scene
    this.add("note", scene ?? edits.filmScenes(sheet)[0]?.id ?? sheet.scenes[0]?.id, clock)
    return true
  }

  /** @param {"cue" | "scene"} kind @param {string} id */
  takeAway(kind, id) {
    const sheet = this.draft.document
    if (kind === "cue") return this.draft.editCue(t("a note taken away"), id, null)
    const held = sheet.cues.filter((/** @type {any} */ cue) => cue.scene === id).length
    const neighbour = this.#neighbour(id)
    if (!held) return this.draft.edit(t("a scene taken away"), withoutScene(sheet, id))
    if (!neighbour) return
    const [first, second] = neighbour.isBefore ? [neighbour.id, id] : [id, neighbour.id]
    const merged = edits.mergeScenes(sheet, first, second)
    this.draft.edit(t("a scene taken away, its notes kept"), neighbour.isBefore ? merged : renamed(merged, id, sheet.scenes.find((/** @type {any} */ scene) => scene.id === second)))
  }

  /** @param {string} id */
  mergeWithNext(id) {
    const sheet = this.draft.document
    const scenes = edits.filmScenes(sheet).sort((a, b) => (a.start || 0) - (b.start || 0))
    const next = scenes[scenes.findIndex((scene) => scene.id === id) + 1]
    if (next) this.draft.edit(t("scenes merged"), edits.mergeScenes(sheet, id, next.id))
  }

  /** @param {string[]} ids */
  duplicate(ids) {
    this.draft.edit(t("a copy"), edits.duplicate(this.draft.document, ids))
  }

  /** @param {string} id @param {string} kind */
  kindOf(id, kind) {
    const { document: sheet } = this.draft
    const cue = sheet.cues.find((/** @type {any} */ each) => each.id === id)
    const blank = newNote(sheet, kind, cue.scene, cue.offset)
    const { options: _o, ...rest } = cue
    const isEmpty = !Object.values(cue.text ?? {}).some(Boolean)
    this.draft.editCue(t("kind"), id, { ...rest, kind, ...(isEmpty ? { duration: blank.duration } : {}), ...(blank.options ? { options: cue.options ?? blank.options } : {}) })
  }

  /** @param {any} finding */
  repair(finding) {
    const cue = repaired(this.draft.document, finding)
    if (cue) this.draft.editCue(t("a repair"), finding.cue_id, cue)
  }

  /** @param {string} id */
  async flagRead(id) {
    await post(`${this.told.api}/flags/${id}`)
    this.sync?.now()
  }

  /** A key and a QR code for a phone that stamps along; the film clock goes with it. @param {any} clock @param {Element} place @param {HTMLAnchorElement} link */
  async phone(clock, place, link) {
    const { position, playing } = clock.told()
    const told = await post(`${this.told.api}/keys`, { stamp: true, clock: `&at=${position.toFixed(2)}&when=${this.serverNow().toFixed(2)}&runs=${playing ? 1 : 0}` })
    place.replaceChildren(fromHtml(told.qr))
    link.href = told.edit_path
  }

  undo() {
    this.#tell("stepped", this.draft.undo())
    return true
  }

  redo() {
    this.#tell("stepped", this.draft.redo())
    return true
  }

  async saveNow(note = "") {
    await this.local?.now()
    await this.sync?.now(note)
  }

  /** Keep what stands now under a name. @param {string} note */
  name(note) {
    return this.saveNow(note)
  }

  async #useLink() {
    const [token] = location.hash.slice(1).split("&")
    if (token && (await this.unlock(token))) history.replaceState(null, "", location.pathname)
    else if (!token && this.token) await this.unlock(this.token)
  }

  async #fromServer() {
    try {
      const { document, revision, ...facts } = await asked(this.told.api)
      const draft = new Draft({ revision, document })
      draft.learn(facts)
      return draft
    } catch {
      return null
    }
  }

  /** @param {any} sheet @param {number} at */
  #addScene(sheet, at) {
    const last = Math.max(0, ...edits.starts(sheet).values())
    const scene = { ...newScene(at || last + 60), timing: at ? "tapped" : "guessed" }
    const place = sheet.scenes.findLastIndex((/** @type {any} */ each) => edits.partOf(each) !== "after") + 1
    this.draft.edit(t("a new scene"), { ...sheet, scenes: sheet.scenes.toSpliced(place, 0, scene) })
    this.choose("scene", scene.id)
  }

  /** @param {string} id */
  #neighbour(id) {
    const sheet = this.draft.document
    const part = edits.partOf(sheet.scenes.find((/** @type {any} */ scene) => scene.id === id))
    const alike = sheet.scenes.filter((/** @type {any} */ scene) => edits.partOf(scene) === part).sort((/** @type {any} */ a, /** @type {any} */ b) => (a.start || 0) - (b.start || 0))
    const at = alike.findIndex((/** @type {any} */ scene) => scene.id === id)
    const near = alike[at - 1] ?? alike[at + 1]
    return near ? { id: near.id, isBefore: Boolean(alike[at - 1]) } : null
  }

  #changed() {
    if (this.title !== this.known) remember({ slug: this.told.slug, title: this.title })
    this.known = this.title
    this.#tell("change")
  }

  /** @param {string} type @param {any} [detail] */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}

/** The scene of one id with the name and settings of another. @param {any} sheet @param {string} id @param {any} as */
function renamed(sheet, id, as) {
  return replaced(sheet, "scenes", id, { ...as, id, start: sheet.scenes.find((/** @type {any} */ scene) => scene.id === id).start })
}
