import { all, on, one, tell, write } from "../lib/dom.js"
import { clock } from "../lib/durations.js"
import { hang } from "../lib/studio_edits.js"
import { exact, KINDS, newNote, newScene, tenth, time } from "../lib/studio_notes.js"
import { t } from "../lib/words.js"

const KIND_KEPT = "studio-kind"
/** A lone M or S after a stamp is the first letter of its words, unless nothing follows it for so long. */
const LONE_LETTER_MS = 900

/** Stamps while the film runs elsewhere: a press is a note at what was just seen, and typing is its words. */
class StudioStamper extends HTMLElement {
  #last = null
  #ticking = 0
  #lone = { timer: 0, at: 0 }

  connectedCallback() {
    this.words = one("[data-words]", this)
    on(this, "click", "[data-stamp]", () => this.stamp())
    on(this, "click", "[data-stamp-scene]", () => this.stampScene())
    on(this, "click", "[data-stamp-kind]", (event, button) => this.#kind(button.dataset.stampKind))
    on(this, "click", "[data-play]", () => this.clock.play(!this.clock.isPlaying))
    on(this, "submit", "[data-set]", (event, form) => this.#set(event, form))
    on(this, "change", "[data-reaction]", (event, field) => this.#react(field))
    on(this, "submit", "[data-follow]", (event, form) => (event.preventDefault(), tell(this, "follow-room", { code: form.code.value.trim() })))
    this.words.addEventListener("keydown", (event) => this.#key(event))
    this.words.addEventListener("input", () => this.#write())
    this.addEventListener("keydown", (event) => event.target.matches("button") && this.#buttonKey(event))
  }

  disconnectedCallback() {
    clearInterval(this.#ticking)
    clearTimeout(this.#lone.timer)
  }

  /** @param {object} draft @param {object} clock @param {string} lang */
  attach(draft, clock_, lang) {
    this.draft = draft
    this.clock = clock_
    this.lang = lang
    one("[data-reaction]", this).value = String(clock_.reaction)
    clock_.addEventListener("change", () => this.#tick())
    this.#tick()
    this.#ticking = setInterval(() => this.hidden || this.#tick(), 250)
    this.#mark(localStorage.getItem(KIND_KEPT) ?? "theme")
  }

  /** Ready to stamp without looking. */
  begin() {
    this.words.focus()
  }

  stamp(at = tenth(this.clock.seen)) {
    const sheet = this.draft.document
    const kind = localStorage.getItem(KIND_KEPT) ?? "theme"
    const note = hang(sheet, newNote(sheet, kind, "", 0), at)
    this.#last = note.id
    this.words.value = ""
    this.draft.edit(t("a stamp"), { ...sheet, cues: [...sheet.cues, note] })
    this.#told(t("Stamped at {time}", { time: exact(note.offset + this.#startOf(note.scene)) }), { kind: "cue", id: note.id })
  }

  stampScene(at = tenth(this.clock.seen)) {
    const scene = newScene(at)
    const sheet = this.draft.document
    const place = sheet.scenes.filter(({ part, start }) => part === "before" || (part !== "after" && (start || 0) <= scene.start)).length
    this.#last = null
    this.draft.edit(t("a scene"), { ...sheet, scenes: sheet.scenes.toSpliced(place, 0, scene) })
    this.#told(t("Scene at {time}", { time: exact(scene.start) }), { kind: "scene", id: scene.id })
  }

  #told(sentence, what) {
    one("[data-stamped]", this).textContent = sentence
    tell(this, "stamped", what)
  }

  #startOf(id) {
    return Number(this.draft.document.scenes.find((scene) => scene.id === id)?.start) || 0
  }

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    const isIdle = this.words.value === ""
    const does = event.key === "Enter" && !event.shiftKey ? () => this.stamp() : event.key === "Escape" ? () => this.#end() : isIdle ? this.#command(event) : null
    if (!does) return
    event.preventDefault()
    does()
  }

  /** Keys that mean something only before the words have begun. */
  #command(event) {
    const key = event.key.toLowerCase()
    const stamps = { m: () => this.stamp(), s: () => this.stampScene() }[key]
    if (stamps && !(this.#last && event.target === this.words)) return stamps
    this.#lone.at = tenth(this.clock.seen)
    const kind = KINDS[Number(key) - 1]
    return kind && key !== " " ? () => this.#kind(kind) : null
  }

  /** On the buttons M, S and the numbers work as well; Enter and space press what they stand on. */
  #buttonKey(event) {
    const does = event.ctrlKey || event.altKey || event.metaKey ? null : this.#command(event)
    if (!does) return
    event.preventDefault()
    does()
    this.begin()
  }

  #write() {
    this.#waitForMore()
    const cue = this.draft.document.cues.find(({ id }) => id === this.#last)
    const text = this.words.value.replace(/^ /, "").normalize("NFC")
    if (!cue) {
      if (text) one("[data-stamped]", this).textContent = t("Press Enter to stamp first, then type.")
      return
    }
    const { [this.lang]: _was, ...others } = cue.text
    this.draft.editCue(t("words"), cue.id, { ...cue, text: text ? { ...others, [this.lang]: text } : others }, { key: `${cue.id} text` })
  }

  /** Nothing follows a lone M or S: it was the key, pressed back then. */
  #waitForMore() {
    clearTimeout(this.#lone.timer)
    const letter = this.words.value.toLowerCase()
    if (letter !== "m" && letter !== "s") return
    this.#lone.timer = setTimeout(() => {
      this.words.value = ""
      this.#write()
      if (letter === "m") this.stamp(this.#lone.at)
      else this.stampScene(this.#lone.at)
    }, LONE_LETTER_MS)
  }

  #end() {
    this.words.value = ""
    this.#last = null
  }

  #kind(kind) {
    this.#mark(kind)
    const cue = this.draft.document.cues.find(({ id }) => id === this.#last)
    if (cue && cue.kind !== kind) tell(this, "kind-of", { id: cue.id, kind })
  }

  #mark(kind) {
    localStorage.setItem(KIND_KEPT, kind)
    for (const button of all("[data-stamp-kind]", this)) button.setAttribute("aria-pressed", String(button.dataset.stampKind === kind))
  }

  #set(event, form) {
    event.preventDefault()
    const position = time(form.position.value)
    const fault = one("[data-set-fault]", this)
    fault.hidden = position !== null
    fault.textContent = position === null ? t("That is not a time. Try 1:02:03, 62:03 or 1h2m3s.") : ""
    if (position === null) return
    this.clock.goTo(position)
    form.position.value = ""
    this.begin()
  }

  #react(field) {
    const seconds = time(field.value)
    if (seconds === null || seconds > 5) field.value = String(this.clock.reaction)
    else this.clock.react(seconds)
  }

  #tick() {
    write(one("[data-clock]", this), clock(this.clock.position))
    const play = one("[data-play]", this)
    write(play, this.clock.isPlaying ? t("Stop the clock") : t("Run the clock"))
    play.disabled = this.clock.isFollowing
    this.toggleAttribute("data-playing", this.clock.isPlaying)
    tell(this, "film-tick")
  }
}

customElements.define("studio-stamper", StudioStamper)
