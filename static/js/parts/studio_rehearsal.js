import { all, fromHtml, make, on, one } from "../lib/dom.js"
import { clock } from "../lib/durations.js"
import { languageName } from "../lib/studio_form.js"
import { n, t } from "../lib/words.js"
import { current, soFar } from "../rules/programme.js"

const LOOK_MS = 200
const DOT_SECONDS = 3

/** Cards one by one in every language, and an evening in fast motion on a phone and a television. */
class StudioRehearsal extends HTMLElement {
  #at = 0
  #position = 0
  #looked = 0
  #timer = 0
  #shown = ""

  connectedCallback() {
    on(this, "click", "[data-flip]", (event, button) => this.#flip(Number(button.dataset.flip)))
    on(this, "click", "[data-play]", () => (this.#timer ? this.#stop() : this.#play()))
    on(this, "change", "[data-scene]", (event, select) => this.#go(Number(select.value)))
    on(this, "input", "[data-seek]", (event, slide) => this.#go(Number(slide.value)))
    on(this, "change", "[data-lang]", () => this.#look())
    on(this, "change", "[data-pace]", (event, select) => this.dispatchEvent(new CustomEvent("pace", { bubbles: true, detail: { pace: select.value } })))
    this.addEventListener("keydown", (event) => this.#key(event))
  }

  disconnectedCallback() {
    this.#stop()
  }

  /** @param {object} told the answer of /rehearsal */
  show(told) {
    this.told = told
    this.hidden = false
    const lang = one("[data-lang]", this)
    const was = lang.value
    lang.replaceChildren(...told.languages.map((code) => make("option", { value: code }, languageName(code))))
    lang.value = [was, document.documentElement.lang, told.languages[0]].find((code) => told.languages.includes(code))
    one("[data-scene]", this).replaceChildren(...told.scenes.map((scene) => make("option", { value: scene.start }, `${clock(scene.start)} ${scene.title}`)))
    one("[data-seek]", this).max = String(Math.ceil(told.runtime))
    this.#flip(0)
    this.#report()
    this.#look()
  }

  #flip(step) {
    const { cards, languages } = this.told
    if (!cards.length) return
    this.#at = (this.#at + step + cards.length) % cards.length
    const card = cards[this.#at]
    one("[data-flip-at]", this).textContent = `${this.#at + 1} / ${cards.length}`
    one("[data-flip-told]", this).textContent = this.#when(card)
    one("[data-pair]", this).replaceChildren(...languages.map((lang) => make("div", { class: "studio-rehearsal__card", lang }, drawn(card, lang, "flip"))))
  }

  #when({ part, start, pushed, late }) {
    if (part !== "film") return part === "before" ? t("Before the film") : t("After the film")
    const how = pushed ? t("comes up at {time}", { time: clock(start) }) : t("waits under its scene from {time}", { time: clock(start) })
    return late ? `${how} · ${t("held back {length} until its scene is safe", { length: clock(late).replace(/^0:/, "") })}` : how
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step || event.target.closest("input, select")) return
    event.preventDefault()
    this.#flip(document.dir === "rtl" ? -step : step)
  }

  #play() {
    if (this.#position >= this.told.runtime) this.#position = 0
    this.#looked = performance.now()
    this.#timer = setInterval(() => this.#run(), LOOK_MS)
    one("[data-play]", this).textContent = t("Stop")
  }

  #stop() {
    clearInterval(this.#timer)
    this.#timer = 0
    one("[data-play]", this).textContent = t("Play")
  }

  #run() {
    const now = performance.now()
    this.#position = Math.min(this.told.runtime, this.#position + ((now - this.#looked) / 1000) * Number(one("[data-speed]", this).value))
    this.#looked = now
    this.#look()
    if (this.#position >= this.told.runtime) this.#stop()
  }

  #go(position) {
    this.#position = position
    this.#looked = performance.now()
    this.#look()
  }

  #look() {
    const { cards, scenes } = this.told
    const at = this.#position
    const film = cards.filter(({ part }) => part === "film")
    const card = current(film, at)
    const lang = one("[data-lang]", this).value
    one("[data-clock]", this).textContent = clock(at)
    one("[data-where]", this).textContent = scenes.filter(({ start }) => start <= at).at(-1)?.title ?? ""
    if (one("[data-seek]", this) !== document.activeElement) one("[data-seek]", this).value = String(Math.round(at))
    const held = soFar(film, at)
    one("[data-so-far]", this).textContent = n("{count} note so far", "{count} notes so far", held.length)
    one("[data-tv]", this).toggleAttribute("data-dot", Boolean(card) && at - card.start < DOT_SECONDS * Number(one("[data-speed]", this).value))
    const key = card ? `${card.cue_id} ${lang}` : ""
    if (key === this.#shown) return
    this.#shown = key
    one("[data-phone]", this).replaceChildren(...(card ? [drawn(card, lang, "play")] : []))
  }

  #report() {
    const { told, cards, scenes, runtime } = this.told
    const name = (id) => {
      const card = cards.find(({ cue_id: cue }) => cue === id)
      return `${clock(card.start)} ${fromHtml(Object.values(card.html)[0]).querySelector(".card__title, .poll-card__question")?.textContent.trim() ?? ""}`
    }
    const lines = [
      told.comes_up ? t("{count} of {all} notes come up by themselves, one in {minutes} minutes.", { count: told.comes_up, all: told.cards, minutes: (runtime / 60 / told.comes_up).toFixed(1) }) : t("No note comes up by itself."),
      t("{count} wait for their scene to be safe: {middle} s in the middle, {most} s at most.", { count: told.held_back, middle: Math.round(told.held_middle), most: Math.round(told.held_most) }),
      n("{count} question is not asked.", "{count} questions are not asked.", told.unasked.length),
      n("{count} note keeps silent around quiet scenes.", "{count} notes keep silent around quiet scenes.", told.silenced.length),
      t("The longest time without a note: {length}, from {time}.", { length: clock(told.silence), time: clock(told.silence_from) }),
      ...told.overlaps.map(([first, second]) => t("One covers the other: {first}, {second}", { first: name(first), second: name(second) })),
      ...told.short_rests.map(([first, second, rest]) => t("Only {seconds} s of rest: {first}, {second}", { seconds: Math.round(rest), first: name(first), second: name(second) })),
    ]
    one("[data-told]", this).replaceChildren(...lines.map((line) => make("li", { dir: "auto" }, line)))
    one("[data-density]", this).replaceChildren(...scenes.map((scene) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, scene.title || scene.scene_id, scene.quiet ? ` (${t("quiet")})` : ""), ...[clock(scene.start), String(scene.notes), String(scene.comes_up), scene.notes ? t("{minutes} min", { minutes: (scene.length / 60 / scene.notes).toFixed(1) }) : "–"].map((cell) => make("td", { class: "figures", dir: "ltr" }, cell)))))
  }
}

/** A card whose radios belong to this place only. */
function drawn(card, lang, place) {
  const element = fromHtml(card.html[lang])
  for (const input of all("input", element)) input.name = `${place}-${lang}-${input.name}`
  return element
}

customElements.define("studio-rehearsal", StudioRehearsal)
