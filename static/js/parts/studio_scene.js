import { all, on, one, tell } from "../lib/dom.js"
import { partOf, rounded } from "../lib/studio_edits.js"
import { fill, isTyped, said, withValue } from "../lib/studio_fields.js"
import { languageFields, languageName, showFindings, speak } from "../lib/studio_form.js"
import { t } from "../lib/words.js"

/** One scene: its name, when it begins and how sure that is, quiet, and the question to the host. */
class StudioScene extends HTMLElement {
  connectedCallback() {
    this.form = one("form", this)
    this.form.addEventListener("submit", (event) => event.preventDefault())
    on(this, "input", "[data-path]", (event, field) => this.#write(field))
    on(this, "change", "[data-type]", () => this.show(this.draft, this.id_))
    on(this, "click", "[data-move]", (event, button) => this.#begins(Number(this.scene.start || 0) + Number(button.dataset.move)))
    on(this, "click", "[data-now]", () => tell(this, "film-clock", { set: (position) => this.#begins(position, "tapped") }))
    on(this, "click", "[data-merge]", () => tell(this, "merge", { id: this.id_ }))
    on(this, "click", "[data-away]", () => tell(this, "take-away", { kind: "scene", id: this.id_ }))
  }

  get scene() {
    return this.draft.document.scenes.find(({ id }) => id === this.id_)
  }

  show(draft, id) {
    this.draft = draft
    const isOther = this.id_ !== id
    this.id_ = id
    this.hidden = !this.scene
    if (!this.scene) return
    languageFields(this, draft.document.languages, languageName)
    for (const part of all("[data-film-only]", this)) part.hidden = partOf(this.scene) !== "film"
    this.#mayGo(draft.document)
    if (isOther) for (const field of all("[data-path]", this)) field.dataset.stale = "1"
    fill(this.form, this.scene)
    for (const field of all("[data-stale]", this)) delete field.dataset.stale
    showFindings(this, draft.facts.findings.filter(({ scene_id: scene, cue_id: cue }) => scene === id && !cue), () => false)
  }

  begin() {
    one("[data-word=title]", this)?.focus()
  }

  /** Its notes would have no place to go: the only scene of its part stays while it has any. */
  #mayGo({ scenes, cues }) {
    const alike = scenes.filter((scene) => partOf(scene) === partOf(this.scene))
    one("[data-away]", this).disabled = alike.length < 2 && cues.some(({ scene }) => scene === this.id_)
  }

  #write(field) {
    const { value, fault } = said(field)
    const holder = field.closest(".studio-field")
    if (fault) return speak(holder, t("That is not a time. Try 1:02:03, 62:03 or 1h2m3s."), true)
    speak(holder, "", false)
    const path = field.dataset.path
    const scene = withValue(this.scene, path, path === "start" ? (value ?? 0) : value)
    this.draft.editScene(t("a scene"), this.id_, scene, { key: isTyped(field) ? `${this.id_} ${path}` : "" })
  }

  #begins(at, timing = null) {
    const scene = { ...this.scene, start: Math.max(0, rounded(at)), ...(timing ? { timing } : {}) }
    this.draft.editScene(t("time of a scene"), this.id_, scene, { key: `${this.id_} start` })
  }
}

customElements.define("studio-scene", StudioScene)
