import { on, one, tell } from "../lib/dom.js"
import { coloursOf, draw } from "../lib/studio_canvas.js"
import { hang, rounded } from "../lib/studio_edits.js"
import { HEIGHT, laid, moved, secondsAt, snapped, under, xOf, zoomed } from "../lib/studio_lanes.js"
import { exact, tenth, wordsIn } from "../lib/studio_notes.js"
import { t } from "../lib/words.js"

const MOVED_PX = 3
const PICTURE = 1 / 24

/** The film from left to right. Every drag is one step to undo; the keys and the fields beside it do the same. */
class StudioTimeline extends HTMLElement {
  #view = null
  #chosen = ""
  #drag = null
  #ghost = null
  #frame = 0
  #sheet = null
  #lanes = null

  connectedCallback() {
    this.surface = one("[data-surface]", this)
    this.canvas = one("canvas", this)
    this.pen = this.canvas.getContext("2d", { alpha: false })
    this.sized = new ResizeObserver(() => this.#fit())
    this.sized.observe(this.surface)
    this.surface.addEventListener("pointerdown", (event) => this.#press(event))
    this.surface.addEventListener("pointermove", (event) => this.#pull(event))
    for (const type of ["pointerup", "pointercancel"]) this.surface.addEventListener(type, (event) => this.#let(event))
    this.surface.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
    this.surface.addEventListener("keydown", (event) => this.#key(event))
    on(this, "click", "[data-zoom]", (event, button) => this.#zoom(button.dataset.zoom))
    on(this, "input", "[data-slide]", (event, slide) => this.#look(moved(this.#view, Number(slide.value) * this.lanes.until - this.#view.from, this.lanes.until)))
  }

  disconnectedCallback() {
    this.sized.disconnect()
    cancelAnimationFrame(this.#frame)
  }

  /** @param {object} draft @param {string} chosen "cue a" or "scene b" @param {string} lang @param {object} clock */
  show(draft, chosen, lang, clock) {
    this.draft = draft
    this.clock = clock
    const isNew = chosen !== this.#chosen
    this.#chosen = chosen
    this.lang = lang
    if (this.#view) this.redraw()
    else this.#fit()
    if (isNew) this.#reveal()
  }

  /** Where everything lies, worked out when it is looked at and the notes have changed. */
  get lanes() {
    const sheet = this.draft?.document
    if (sheet && sheet !== this.#sheet) {
      this.#sheet = sheet
      this.#lanes = laid(sheet, (words) => wordsIn(words, this.lang, sheet.languages).text)
    }
    return this.#lanes
  }

  /** Draw again, at most once per frame. */
  redraw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      if (!this.#view || !this.lanes) return
      this.colours ??= coloursOf(this)
      one("[data-slide]", this).value = String(Math.max(0, this.#view.from) / this.lanes.until)
      const position = this.clock && (this.clock.isPlaying || this.clock.position > 0) ? this.clock.position : null
      draw(this.pen, this.lanes, this.#view, { colours: this.colours, chosen: this.#chosen, ghost: this.#ghost, clock: position })
    })
  }

  #fit() {
    const width = this.surface.clientWidth
    if (!width || !this.draft) return
    const sharp = devicePixelRatio || 1
    if (this.canvas.width !== Math.round(width * sharp)) {
      this.canvas.width = Math.round(width * sharp)
      this.canvas.height = Math.round(HEIGHT * sharp)
      this.pen.setTransform(sharp, 0, 0, sharp, 0, 0)
    }
    this.#view ??= { from: 0, to: this.lanes.until * 1.02, width }
    this.#look({ ...this.#view, width })
  }

  #look(view) {
    this.#view = view
    this.redraw()
  }

  #zoom(how) {
    const { until } = this.lanes
    if (how === "all") return this.#look({ ...this.#view, from: 0, to: until * 1.02 })
    const entry = this.#entry()
    const about = entry && entry.start >= this.#view.from && entry.start <= this.#view.to ? entry.start : (this.#view.from + this.#view.to) / 2
    this.#look(zoomed(this.#view, Number(how), about, until))
  }

  #reveal() {
    const entry = this.#entry()
    if (!entry || !this.#view) return
    if (entry.start < this.#view.from || entry.start > this.#view.to) this.#look(moved(this.#view, entry.start - (this.#view.from + this.#view.to) / 2, this.lanes.until))
  }

  #entry() {
    const [kind, id] = this.#chosen.split(/ (.*)/)
    return (kind === "cue" ? this.lanes.blocks : this.lanes.strips).find((each) => each.id === id)
  }

  #point(event) {
    const box = this.surface.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }

  #press(event) {
    const [x, y] = this.#point(event)
    const hit = under(this.lanes, this.#view, x, y)
    this.surface.setPointerCapture(event.pointerId)
    this.#drag = { hit, x, moved: false, view: this.#view, entry: hit.id && (hit.what === "scene" ? this.lanes.strips : this.lanes.blocks).find(({ id }) => id === hit.id) }
    if (hit.what === "ruler") tell(this, "film-at", { position: secondsAt(this.#view, x) })
    if (hit.id) tell(this, "choose", { kind: hit.what === "scene" ? "scene" : "cue", id: hit.id, keep: true })
  }

  #pull(event) {
    if (!this.#drag) return
    const [x] = this.#point(event)
    const drag = this.#drag
    drag.moved ||= Math.abs(x - drag.x) > MOVED_PX
    if (!drag.moved) return
    const by = ((x - drag.x) / drag.view.width) * (drag.view.to - drag.view.from)
    if (!drag.entry) return this.#look(moved(drag.view, -by, this.lanes.until))
    this.#ghost = this.#dragged(drag, by, one("[data-snap]", this).checked && !event.altKey)
    this.redraw()
  }

  #dragged({ hit, entry }, by, snaps) {
    const pull = (at, length) => (snaps ? snapped(this.lanes, this.#view, at, entry.id, this.clock?.isPlaying ? null : (this.clock?.position ?? null), length) : tenth(at))
    const length = entry.end - entry.start
    if (hit.what === "edge") return { id: entry.id, start: entry.start, end: Math.max(entry.start + 0.5, pull(entry.end + by)), resized: true }
    if (hit.what === "note") {
      const start = pull(entry.start + by, length)
      return { id: entry.id, start, end: start + length }
    }
    const ids = new Set(this.draft.document.cues.filter(({ scene }) => scene === entry.id).map(({ id }) => id))
    return { scene: entry.id, ids, by: pull(entry.start + by) - entry.start }
  }

  #let(event) {
    const ghost = this.#ghost
    this.#drag = null
    this.#ghost = null
    if (ghost && event.type === "pointerup") this.#keep(ghost)
    this.redraw()
  }

  #keep(ghost) {
    const { document: sheet } = this.draft
    if (ghost.scene) {
      const scene = sheet.scenes.find(({ id }) => id === ghost.scene)
      return this.draft.editScene(t("time of a scene"), ghost.scene, { ...scene, start: rounded((scene.start || 0) + ghost.by) })
    }
    const cue = sheet.cues.find(({ id }) => id === ghost.id)
    const next = { ...hang(sheet, cue, ghost.start), duration: rounded(ghost.end - ghost.start) }
    this.draft.editCue(t("time"), ghost.id, next)
  }

  #wheel(event) {
    const [x] = this.#point(event)
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) return this.#look(zoomed(this.#view, Math.exp(-event.deltaY / 300), secondsAt(this.#view, x), this.lanes.until))
    this.#look(moved(this.#view, ((event.deltaX || event.deltaY) / this.#view.width) * (this.#view.to - this.#view.from), this.lanes.until))
  }

  #key(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (event.key === "+" || event.key === "=") return this.#zoom("2")
    if (event.key === "-") return this.#zoom("0.5")
    if (!way || event.altKey || !this.#entry()) return
    event.preventDefault()
    this.#nudge(way * (event.shiftKey ? 1 : event.ctrlKey || event.metaKey ? PICTURE : 0.1))
  }

  #nudge(by) {
    const [kind, id] = this.#chosen.split(/ (.*)/)
    const { document: sheet } = this.draft
    const at = Math.max(0, rounded(this.#entry().start + by))
    const key = `${id} arrows`
    if (kind === "scene") this.draft.editScene(t("time of a scene"), id, { ...sheet.scenes.find((scene) => scene.id === id), start: at }, { key })
    else this.draft.editCue(t("time"), id, hang(sheet, sheet.cues.find((cue) => cue.id === id), at), { key })
    one("[data-told]", this).textContent = exact(at)
  }

  /** Where something is drawn, for tests and for help: pixels from the left edge. */
  placeOf(id) {
    const entry = [...this.lanes.blocks, ...this.lanes.strips].find((each) => each.id === id)
    return entry && { x: xOf(this.#view, entry.start), end: xOf(this.#view, entry.end), lane: entry.lane }
  }
}

customElements.define("studio-timeline", StudioTimeline)
