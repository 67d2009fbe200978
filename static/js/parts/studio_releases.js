import { all, make, on, one } from "../lib/dom.js"
import { filmScenes } from "../lib/studio_edits.js"
import { said } from "../lib/studio_fields.js"
import { findingRow, speak } from "../lib/studio_form.js"
import { exact, newId, time, wordsIn } from "../lib/studio_notes.js"
import { placesIn, releasesOf, withRelease, withReleases, withStart } from "../lib/studio_releases.js"
import { t } from "../lib/words.js"

/** Other discs and cuts of the film: what their players show as the length, and where their scenes begin. */
class StudioReleases extends HTMLElement {
  #shape = ""

  connectedCallback() {
    this.replaceChildren(...frame())
    on(this, "submit", "form", (event, form) => (event.preventDefault(), this.#add(form)))
    on(this, "input", "[data-release]", (event, field) => this.#write(field))
    on(this, "change", "[data-release]", () => this.refresh())
    on(this, "click", "[data-away-release]", (event, button) => this.#away(button.dataset.awayRelease))
  }

  attach(desk) {
    this.desk = desk
  }

  get sheet() {
    return this.desk.draft.document
  }

  refresh() {
    const releases = releasesOf(this.sheet)
    const shape = JSON.stringify([releases.map(({ id }) => id), filmScenes(this.sheet).map(({ id, title }) => [id, title])])
    if (shape !== this.#shape) one("[data-releases]", this).replaceChildren(...releases.map((release) => box(release, this.sheet)))
    this.#shape = shape
    for (const release of releases) this.#fill(release, one(`[data-box="${CSS.escape(release.id)}"]`, this))
  }

  #fill(release, place) {
    const places = placesIn(this.sheet, release)
    const starts = release.starts ?? {}
    for (const scene of filmScenes(this.sheet)) one(`[data-here="${CSS.escape(scene.id)}"]`, place).textContent = exact(scene.start ?? 0)
    for (const field of all("[data-scene]", place)) field.placeholder = exact(Math.round(places.get(field.dataset.scene)))
    for (const field of all("[data-release]", place)) {
      const value = field.dataset.scene ? starts[field.dataset.scene] : release[field.dataset.what]
      if (field !== document.activeElement) field.value = field.dataset.type === "time" ? exact(value) : (value ?? "")
    }
    one("legend", place).textContent = release.name || t("A release without a name")
    one("summary", place).textContent = t("Scene times: {count} of {all} are typed, the others lie between them", { count: Object.keys(starts).length, all: places.size })
    this.#findings(release, place)
  }

  #findings(release, place) {
    const found = this.desk.draft.facts.findings.filter(({ field }) => field?.startsWith(`other_editions.${release.id}.`) || field === "other_editions")
    const ofScene = new Map(found.filter(({ scene_id: scene }) => scene).map((finding) => [finding.scene_id, finding.sentence]))
    one("ul", place).replaceChildren(...found.filter(({ scene_id: scene }) => !scene).map((finding) => findingRow(finding, false)))
    for (const field of all("[data-scene]", place)) {
      const sentence = ofScene.get(field.dataset.scene) ?? ""
      speak(field.closest(".studio-field"), sentence, sentence !== "")
    }
  }

  #add(form) {
    const [name, runtime] = [form.name.value.trim().normalize("NFC"), time(form.runtime.value)]
    const fault = !name || !runtime
    this.#say(fault ? t("Give it a name and the length its player shows, such as 2:01:55.") : "", fault)
    if (fault) return
    const release = { id: newId("release"), name, runtime, starts: {} }
    this.desk.draft.edit(t("another release"), withReleases(this.sheet, [...releasesOf(this.sheet), release]))
    form.reset()
    one(`[data-box="${release.id}"] summary`, this).focus()
  }

  #write(field) {
    const { release: id, scene, what } = field.dataset
    const { value, fault } = said(field)
    const holder = field.closest(".studio-field")
    if (fault || (what === "runtime" && !value)) return speak(holder, t("That is not a time. Try 1:02:03, 62:03 or 1h2m3s."), true)
    speak(holder, "", false)
    const sheet = scene ? withStart(this.sheet, id, scene, value) : withRelease(this.sheet, id, { [what]: value ?? "" })
    this.desk.draft.edit(t("another release"), sheet, { key: `${id} ${scene ?? what}` })
  }

  #away(id) {
    this.desk.draft.edit(t("a release taken away"), withReleases(this.sheet, releasesOf(this.sheet).filter((release) => release.id !== id)))
    this.#say(t("Taken away. One undo brings it back."), false)
  }

  #say(sentence, isFault) {
    const place = one("[data-releases-said]", this)
    place.textContent = sentence
    place.classList.toggle("field__fault", isFault)
  }
}

/** What stands there before any release does; in the script, because the page is large enough. */
function frame() {
  const why = t("Another disc or another cut has scene times of its own; the notes stay the same. A room whose player shows the length of a release goes by its times.")
  const asked = (name, label, attributes) => make("label", { class: "field field__label" }, label, make("input", { name, autocomplete: "off", ...attributes }))
  const name = asked("name", t("What it is called"), { dir: "auto", maxlength: 80, placeholder: t("The European disc") })
  const runtime = asked("runtime", t("Length its player shows"), { class: "figures", dir: "ltr", placeholder: "2:01:55" })
  const form = make("form", { class: "studio-form__times", novalidate: true }, name, runtime, make("button", { class: "button button--quiet" }, t("Add this release")))
  return [make("h3", {}, t("Other releases of the film")), make("p", { class: "small quiet" }, why), make("div", { class: "stack", "data-releases": true }), form, make("p", { role: "status", "data-releases-said": true })]
}

function box(release, sheet) {
  const lang = document.documentElement.lang
  const words = make("div", { class: "studio-form__times" }, labelled(release, "name", t("What it is called")), labelled(release, "runtime", t("Length its player shows")))
  const rows = filmScenes(sheet).map((scene) => row(release, scene, wordsIn(scene.title, lang, sheet.languages).text || scene.id))
  const heads = [t("Scene"), t("In your copy"), t("In this one")].map((head) => make("th", { scope: "col" }, head))
  const table = make("div", { class: "studio-table" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)))
  const away = make("button", { type: "button", class: "button button--words studio-form__away", "data-away-release": release.id }, t("Take this release away"))
  return make("fieldset", { class: "studio-release", "data-box": release.id }, make("legend", { class: "studio-language__name", dir: "auto" }), words, make("ul", { role: "list", class: "studio-form__findings" }), make("details", {}, make("summary", {}), table), away)
}

function labelled(release, what, label) {
  const input = make("input", { "data-release": release.id, "data-what": what, autocomplete: "off", ...(what === "runtime" ? { "data-type": "time", class: "figures", dir: "ltr" } : { dir: "auto", maxlength: 80 }) })
  return make("div", { class: "field studio-field" }, make("label", { class: "field__label" }, label, input), make("p", { class: "field__fault", "data-fault": true, hidden: true }))
}

function row(release, scene, name) {
  const input = make("input", { "data-release": release.id, "data-scene": scene.id, "data-type": "time", class: "figures", dir: "ltr", autocomplete: "off", "aria-label": t("{scene}, in this release", { scene: name }) })
  const holder = make("div", { class: "field studio-field" }, input, make("p", { class: "field__fault", "data-fault": true, hidden: true }))
  return make("tr", {}, make("th", { scope: "row", dir: "auto" }, name), make("td", { class: "figures", dir: "ltr", "data-here": scene.id }), make("td", {}, holder))
}

customElements.define("studio-releases", StudioReleases)
