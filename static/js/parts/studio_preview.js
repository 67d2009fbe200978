import { all, fromHtml, make, on, one } from "../lib/dom.js"
import { languageName } from "../lib/studio_form.js"
import { wordsIn } from "../lib/studio_notes.js"
import { post } from "../lib/studio_sync.js"
import { t } from "../lib/words.js"

const AFTER_MS = 250

/** The chosen note on a phone of 360 by 640, drawn by the very partials that guests get. */
class StudioPreview extends HTMLElement {
  #timer = 0
  #asked = 0
  #shown = ""
  #lang = ""

  connectedCallback() {
    on(this, "click", "[data-lang]", (event, button) => this.#speak(button.dataset.lang))
    on(this, "change", "[data-lit]", (event, box) => this.toggleAttribute("data-lit", box.checked))
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  /** @param {string} api @param {object} sheet @param {object | undefined} cue @param {object | undefined} scene the chosen one, of which phones show nothing */
  show(api, sheet, cue, scene) {
    this.api = api
    this.sheet = sheet
    this.cue = cue
    this.scene = scene
    this.#languages(sheet.languages)
    const wanted = JSON.stringify([cue, scene, this.#lang, sheet.languages])
    if (wanted === this.#shown) return
    this.#shown = wanted
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#draw(), AFTER_MS)
  }

  #languages(languages) {
    if (!languages.includes(this.#lang)) this.#lang = [document.documentElement.lang, ...languages].find((lang) => languages.includes(lang))
    const place = one("[data-langs]", this)
    if (place.dataset.shown === languages.join()) return
    place.dataset.shown = languages.join()
    place.replaceChildren(...languages.map((lang) => make("button", { type: "button", class: "studio-preview__lang", "data-lang": lang, "aria-pressed": String(lang === this.#lang) }, languageName(lang))))
  }

  #speak(lang) {
    this.#lang = lang
    for (const button of all("[data-lang]", this)) button.setAttribute("aria-pressed", String(button.dataset.lang === lang))
    this.show(this.api, this.sheet, this.cue, this.scene)
  }

  async #draw() {
    const { cue, sheet } = this
    const asked = (this.#asked += 1)
    if (!cue) return this.#put(null, this.#instead())
    try {
      const { cards } = await post(`${this.api}/cards`, { cues: [cue], langs: [this.#lang], languages: sheet.languages })
      if (asked === this.#asked) this.#put(cards[0][this.#lang], cards[0][this.#lang] ? "" : t("Not enough yet to draw it."))
    } catch {
      if (asked === this.#asked) {
        this.#shown = ""
        one("[data-preview-said]", this).textContent = t("The picture comes back with the connection.")
      }
    }
  }

  #instead() {
    const words = wordsIn(this.scene?.watch_for, this.#lang, this.sheet.languages).text
    if (this.scene?.checkpoint && words) return t("Phones show nothing of a scene. The host reads: “{words}”", { words })
    return this.scene ? t("Phones show nothing of a scene, only its notes.") : t("The chosen note appears here as guests see it.")
  }

  #put(html, sentence) {
    const card = html ? fromHtml(html) : null
    for (const input of card ? all("input", card) : []) input.name = `preview-${input.name}`
    one("[data-phone]", this).replaceChildren(...(card ? [card] : []))
    one("[data-preview-said]", this).textContent = sentence
  }
}

customElements.define("studio-preview", StudioPreview)
