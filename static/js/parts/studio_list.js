import { make, on, one, tell } from "../lib/dom.js"
import { clock } from "../lib/durations.js"
import { kindMark } from "../lib/kinds.js"
import { partOf, timeOf, starts } from "../lib/studio_edits.js"
import { scenesWithNotes, wordsIn } from "../lib/studio_notes.js"
import { n, t } from "../lib/words.js"

/** Scenes with their notes under them, in the order of the evening. Rows whose note did not change are left as they are. */
class StudioList extends HTMLElement {
  #rows = new Map()
  #chosen = ""
  #ticked = new Set()
  #lang = ""

  connectedCallback() {
    on(this, "click", "[data-choose]", (event, button) => tell(this, "choose", { kind: button.dataset.kind, id: button.dataset.choose }))
    on(this, "click", "[data-add]", (event, button) => tell(this, "add", { what: button.dataset.add, scene: button.dataset.scene }))
    on(this, "change", "[data-tick]", (event, box) => this.#tick(box))
    this.addEventListener("keydown", (event) => this.#walk(event))
  }

  /** Notes chosen for a bulk change. */
  get ticked() {
    return [...this.#ticked]
  }

  /** @param {object} sheet @param {{chosen: string, lang: string, findings: object[], flags: object[]}} told */
  show(sheet, { chosen, lang, findings, flags }) {
    if (lang !== this.#lang) this.#rows.clear()
    this.#lang = lang
    this.#chosen = chosen
    const marks = marksOf(findings, flags)
    const begin = starts(sheet)
    const kept = new Map()
    const listed = scenesWithNotes(sheet).map(({ scene, notes }) => {
      const items = notes.map((cue) => this.#row(kept, `cue:${cue.id}`, [cue, timeOf(sheet, cue, begin), marks.get(cue.id)], () => this.#note(cue, sheet, begin, marks.get(cue.id))))
      return this.#row(kept, `scene:${scene.id}`, [scene, items, marks.get(`scene ${scene.id}`)], () => this.#scene(scene, items, sheet, marks.get(`scene ${scene.id}`)))
    })
    this.#rows = kept
    this.#ticked = new Set([...this.#ticked].filter((id) => kept.has(`cue:${id}`)))
    const list = one(":scope > ol", this) ?? make("ol", { role: "list", class: "studio-list__scenes" })
    fitted(list, listed)
    if (!list.isConnected) this.replaceChildren(list, this.#foot())
    this.#mark()
  }

  /** Bring the chosen row into view. */
  reveal() {
    one("[aria-current]", this)?.scrollIntoView({ block: "nearest" })
  }

  #row(kept, key, facts, build) {
    const known = this.#rows.get(key)
    const row = known && alike(known.facts, facts) ? known : { facts, element: build() }
    kept.set(key, row)
    return row.element
  }

  #scene(scene, items, sheet, mark) {
    const title = wordsIn(scene.title, this.#lang, sheet.languages).text
    const isFilm = partOf(scene) === "film"
    const when = isFilm ? make("bdi", { class: "studio-list__time figures" }, clock(scene.start || 0)) : make("span", { class: "studio-list__time" }, { before: t("before"), after: t("after") }[partOf(scene)] ?? "")
    const signs = [scene.quiet && t("quiet"), scene.checkpoint && t("tap"), isFilm && { guessed: t("guessed"), tapped: t("tapped"), measured: t("measured") }[scene.timing ?? "guessed"]].filter(Boolean)
    const name = make("span", { class: "studio-list__name", dir: "auto" }, title || nameless(scene))
    const head = make("button", { type: "button", class: "studio-list__scene", "data-choose": scene.id, "data-kind": "scene", disabled: scene.part === "lost" }, when, name, make("span", { class: "studio-list__signs" }, signs.join(" · ")), ...signOf(mark))
    const add = make("button", { type: "button", class: "studio-list__add", "data-add": "note", "data-scene": scene.id, hidden: scene.part === "lost", "aria-label": t("Add a note to {scene}", { scene: title || nameless(scene) }) }, t("+ note"))
    const notes = make("ol", { role: "list", class: "studio-list__notes" }, ...items)
    return make("li", { class: "studio-list__group", "data-part": partOf(scene) }, make("div", { class: "studio-list__head" }, head, add), notes)
  }

  #note(cue, sheet, begin, mark) {
    const at = timeOf(sheet, cue, begin)
    const words = wordsIn(cue.title, this.#lang, sheet.languages).text || wordsIn(cue.text, this.#lang, sheet.languages).text
    const box = make("input", { type: "checkbox", "data-tick": cue.id, "aria-label": t("Choose for moving: {words}", { words: words || t("an empty note") }) })
    box.checked = this.#ticked.has(cue.id)
    const glyph = make("span", { class: "studio-list__kind" }, kindMark(cue.kind))
    const said = make("span", { class: "studio-list__words", dir: "auto" }, words || t("an empty note"))
    const push = at !== null && (cue.push ?? "always") === "always" && cue.kind !== "warning" ? [make("span", { class: "visually-hidden" }, t("comes up"))] : []
    const choose = make("button", { type: "button", class: "studio-list__note", "data-choose": cue.id, "data-kind": "cue", "data-empty": words ? null : "", "data-untimed": at === null ? "" : null }, glyph, make("bdi", { class: "studio-list__time figures" }, at === null ? "" : clock(at)), said, make("span", { class: "studio-list__push", title: push.length ? t("comes up") : null }, ...push), ...signOf(mark))
    return make("li", { class: "studio-list__row" }, make("label", { class: "studio-list__tick" }, box), choose)
  }

  #foot() {
    return make("button", { type: "button", class: "button button--quiet button--wide studio-list__more", "data-add": "scene" }, t("Add a scene"))
  }

  #mark() {
    for (const marked of this.querySelectorAll("[aria-current]")) marked.removeAttribute("aria-current")
    const [kind, id] = this.#chosen.split(/ (.*)/)
    if (id) one(`[data-choose="${CSS.escape(id)}"][data-kind="${kind}"]`, this)?.setAttribute("aria-current", "true")
  }

  #tick(box) {
    if (box.checked) this.#ticked.add(box.dataset.tick)
    else this.#ticked.delete(box.dataset.tick)
    tell(this, "ticked", { count: this.#ticked.size })
  }

  /** Arrow keys go from one note or scene to the next. */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const here = event.target.closest("[data-choose]")
    if (!step || !here || event.altKey || event.ctrlKey || event.metaKey) return
    const all = [...this.querySelectorAll("[data-choose]:not(:disabled)")]
    const next = all[all.indexOf(here) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
}

/** What is wrong, or was said, by note and "scene id": {errors, warnings, flags}. */
function marksOf(findings, flags) {
  const marks = new Map()
  const mark = (key, what) => marks.set(key, { errors: 0, warnings: 0, flags: 0, ...marks.get(key), [what]: (marks.get(key)?.[what] ?? 0) + 1 })
  for (const { cue_id: cue, scene_id: scene, severity } of findings) if (cue || scene) mark(cue ?? `scene ${scene}`, severity === "error" ? "errors" : "warnings")
  for (const { cue_id: cue } of flags) mark(cue, "flags")
  return marks
}

function signOf(mark) {
  if (!mark) return []
  const said = []
  if (mark.flags) said.push(n("{count} guest", "{count} guests", mark.flags))
  if (mark.errors) said.push(n("{count} error", "{count} errors", mark.errors))
  else if (mark.warnings) said.push(n("{count} hint", "{count} hints", mark.warnings))
  return [make("span", { class: "studio-list__mark", "data-severity": mark.errors ? "error" : "warning" }, said.join(" · "))]
}

function nameless(scene) {
  return { before: t("Before the film"), after: t("After the film"), lost: t("Notes whose scene is gone") }[partOf(scene)] ?? t("A scene without a name")
}

/** Equal facts: the same objects, or marks that say the same. */
function alike(was, now) {
  return was.every((fact, index) => fact === now[index] || JSON.stringify(fact) === JSON.stringify(now[index]) && !Array.isArray(fact) || Array.isArray(fact) && Array.isArray(now[index]) && fact.length === now[index].length && fact.every((each, i) => each === now[index][i]))
}

/** Make the list hold exactly these children, moving only what must move. */
function fitted(list, children) {
  children.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null)
  })
  while (list.children.length > children.length) list.lastElementChild.remove()
}

customElements.define("studio-list", StudioList)
