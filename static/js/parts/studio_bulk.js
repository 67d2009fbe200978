import { all, make, on, one } from "../lib/dom.js"
import { duplicate, filmScenes, mergeScenes, partOf, resync, rounded, Sentence, shiftAll, shiftCues, shiftOnward, starts, timeOf } from "../lib/studio_edits.js"
import { exact, signed, time, wordsIn } from "../lib/studio_notes.js"
import { n, t } from "../lib/words.js"

const MOST_ROWS = 300
const SAID = () => ({
  "Add a scene of the film first.": t("Add a scene of the film first."),
  "This scene is not part of the film.": t("This scene is not part of the film."),
  "Choose two different scenes.": t("Choose two different scenes."),
  "Scenes before, in and after the film cannot be merged with each other.": t("Scenes before, in and after the film cannot be merged with each other."),
  "Choose the earlier scene first.": t("Choose the earlier scene first."),
  "Give two moments or more, each later than the one before in both copies.": t("Give two moments or more, each later than the one before in both copies."),
})

/** Many notes at once: shown first, then done as one step. */
class StudioBulk extends HTMLElement {
  #next = null
  #made = null

  connectedCallback() {
    this.form = one("form", this)
    on(this, "submit", "form", (event) => (event.preventDefault(), this.#look()))
    on(this, "input", "input, select", () => this.#forget())
    on(this, "change", "[name=what]", () => this.refresh())
    on(this, "change", "[data-speed]", (event, select) => this.#speed(select))
    on(this, "click", "[data-add-pair]", () => this.#pairs(1))
    on(this, "click", "[data-apply]", () => this.#apply())
  }

  attach(desk) {
    this.desk = desk
  }

  get sheet() {
    return this.desk.draft.document
  }

  get ticked() {
    return one("studio-list")?.ticked ?? []
  }

  refresh() {
    const what = this.form.what.value
    for (const part of all("[data-for]", this)) part.hidden = !part.dataset.for.split(" ").includes(what)
    for (const place of all("[data-ticked-count]", this)) place.textContent = n("({count} is ticked)", "({count} are ticked)", this.ticked.length)
    this.#choices("[data-film-scenes]", filmScenes(this.sheet))
    this.#choices("[data-all-scenes]", this.sheet.scenes)
    if (!all("[data-pairs] tr", this).length) this.#pairs(2)
    if (this.#made && this.#made !== this.sheet) this.#forget()
  }

  #choices(selector, scenes) {
    const lang = document.documentElement.lang
    const chosen = this.desk.chosen.startsWith("scene ") ? this.desk.chosen.slice(6) : null
    for (const select of all(selector, this)) {
      const was = select.value || chosen
      select.replaceChildren(...scenes.map((scene) => make("option", { value: scene.id }, `${partOf(scene) === "film" ? `${exact(scene.start)} ` : ""}${wordsIn(scene.title, lang, this.sheet.languages).text || scene.id}`)))
      if (was) select.value = was
    }
  }

  #pairs(count) {
    const row = (index) => make("tr", {}, ...[t("In these notes, moment {number}", { number: index }), t("In the other copy, moment {number}", { number: index })].map((label) => make("td", {}, make("input", { class: "figures", dir: "ltr", "aria-label": label, placeholder: "0:41:07", autocomplete: "off" }))))
    const place = one("[data-pairs]", this)
    for (let made = 0; made < count; made += 1) place.append(row(place.children.length + 1))
  }

  /** A known speed is two moments: the beginning, and an hour. */
  #speed(select) {
    if (!select.value) return
    const fields = all("[data-pairs] input", this)
    ;["0:00:00", "0:00:00", "1:00:00", exact(rounded(3600 * Number(select.value)))].forEach((text, index) => (fields[index].value = text))
    this.#forget()
  }

  #look() {
    this.#forget()
    try {
      this.#made = this.sheet
      this.#next = this.#done(this.form.what.value)
    } catch (error) {
      if (!(error instanceof Sentence)) throw error
      return this.#fault(SAID()[error.message] ?? error.message)
    }
    this.#table()
  }

  #done(what) {
    const { sheet, form } = this
    if (what === "merge") return mergeScenes(sheet, form.first.value, form.second.value)
    if (what === "resync") return resync(sheet, this.#moments())
    if (["ticked", "duplicate"].includes(what) && !this.ticked.length) throw new Sentence(t("Tick some notes in the list first."))
    if (what === "duplicate") return duplicate(sheet, this.ticked)
    const by = signed(form.by.value)
    if (by === null) throw new Sentence(t("That cannot be read. Try +1.5, -0:00:30 or 1m30s."))
    if (what === "all") return shiftAll(sheet, by)
    return what === "onward" ? shiftOnward(sheet, form.from.value, by) : shiftCues(sheet, this.ticked, by)
  }

  #moments() {
    const rows = all("[data-pairs] tr", this).map((row) => all("input", row).map((field) => field.value.trim()))
    const filled = rows.filter((texts) => texts.some(Boolean)).map((texts) => texts.map(time))
    if (filled.some((pair) => pair.includes(null))) throw new Sentence(t("That is not a time. Try 1:02:03, 62:03 or 1h2m3s."))
    return filled
  }

  #table() {
    const rows = differences(this.sheet, this.#next)
    const table = one("[data-before-after]", this)
    table.hidden = rows.length === 0
    one("tbody", table).replaceChildren(...rows.slice(0, MOST_ROWS).map((cells) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, cells[0]), ...cells.slice(1).map((cell) => make("td", { class: "figures", dir: "ltr" }, cell)))))
    one("[data-apply]", this).hidden = rows.length === 0
    this.#say(rows.length ? n("{count} time or scene changes.", "{count} times or scenes change.", rows.length) : t("Nothing would change."))
  }

  #apply() {
    if (this.#made !== this.sheet) return this.#look()
    this.desk.draft.edit(t("many notes moved"), this.#next)
    this.#forget()
    this.#say(t("Done. One undo takes it back."))
  }

  #forget() {
    this.#next = null
    this.#made = null
    one("[data-apply]", this).hidden = true
    one("[data-before-after]", this).hidden = true
    this.#fault("")
    this.#say("")
  }

  #fault(sentence) {
    one("[data-bulk-fault]", this).hidden = !sentence
    one("[data-bulk-fault]", this).textContent = sentence
  }

  #say(sentence) {
    one("[data-bulk-said]", this).textContent = sentence
  }
}

/** [what, now, then, difference] of every scene and note whose time changes, comes or goes. */
function differences(before, after) {
  const lang = document.documentElement.lang
  const say = (entry) => wordsIn(entry.title, lang, before.languages).text || wordsIn(entry.text, lang, before.languages).text || entry.id
  const times = (sheet) => {
    const begin = starts(sheet)
    return new Map([...filmScenes(sheet).map((scene) => [`scene ${scene.id}`, [scene, begin.get(scene.id)]]), ...sheet.cues.map((cue) => [`cue ${cue.id}`, [cue, timeOf(sheet, cue, begin)]])])
  }
  const [was, is] = [times(before), times(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [entry, from] = was.get(key) ?? [is.get(key)[0], null]
    const to = is.get(key)?.[1] ?? null
    if (from === to) return []
    return [[say(entry), from === null ? t("(new)") : exact(from), to === null ? t("(gone)") : exact(to), from === null || to === null ? "" : `${to < from ? "−" : "+"}${exact(Math.abs(to - from)).replace(/^0:0?/, "")}`]]
  })
}

customElements.define("studio-bulk", StudioBulk)
