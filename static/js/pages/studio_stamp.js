import "../parts/studio_stamper.js"
import { make, on, one, page } from "../lib/dom.js"
import { kindMark } from "../lib/kinds.js"
import { Desk } from "../lib/studio_desk.js"
import { timeOf } from "../lib/studio_edits.js"
import { FilmClock } from "../lib/studio_film_clock.js"
import { exact, wordsIn } from "../lib/studio_notes.js"
import { t } from "../lib/words.js"

const SHOWN = 12

const told = page()
const brought = new URLSearchParams(location.hash.split("&").slice(1).join("&"))
const clock = new FilmClock(`studio-clock-${told.slug}`)
const desk = new Desk(told)
const stamper = one("studio-stamper")
const stamps = []

if (await desk.open()) begin()
else one("[data-locked]").hidden = false

function begin() {
  if (brought.has("at")) takeClock()
  stamper.hidden = false
  stamper.attach(desk.draft, clock, desk.lang)
  one("[data-title]").textContent = desk.title
  desk.addEventListener("change", render)
  desk.addEventListener("standing", render)
  render()
}

/** The clock of whoever showed the code, run on by the server's time. */
function takeClock() {
  const passed = brought.get("runs") === "1" ? desk.serverNow() - Number(brought.get("when")) : 0
  clock.goTo(Number(brought.get("at")) + Math.max(0, passed))
  clock.play(brought.get("runs") === "1")
}

function render() {
  one("[data-saved]").textContent = desk.standingWords
  one("[data-saved]").dataset.standing = desk.standing
  const { document: sheet } = desk.draft
  const shown = stamps.map((id) => sheet.cues.find((cue) => cue.id === id)).filter(Boolean).slice(-SHOWN).reverse()
  one("[data-stamps]").replaceChildren(...shown.map((cue) => row(cue, sheet)))
}

function row(cue, sheet) {
  const words = wordsIn(cue.text, desk.lang, sheet.languages).text || t("an empty note")
  const away = make("button", { type: "button", class: "studio-stamp__undo", "data-away": cue.id, "aria-label": t("Take away: {words}", { words }) }, t("Take away"))
  return make("li", { class: "row row--apart" }, make("span", {}, kindMark(cue.kind), " ", make("bdi", { class: "figures" }, exact(timeOf(sheet, cue))), " ", make("span", { dir: "auto" }, words)), away)
}

on(document, "stamped", "*", ({ detail }) => {
  if (detail.kind === "cue") stamps.push(detail.id)
  render()
  navigator.vibrate?.(40)
})
on(document, "kind-of", "*", ({ detail }) => desk.kindOf(detail.id, detail.kind))
on(document, "click", "[data-away]", (event, button) => desk.takeAway("cue", button.dataset.away))
on(document, "follow-room", "*", async ({ detail }) => {
  const { follow } = await import("../parts/studio_following.js")
  one("[data-following]").textContent = await follow(detail.code, clock)
})
