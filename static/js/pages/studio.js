import "../parts/studio_list.js"
import "../parts/studio_note.js"
import "../parts/studio_scene.js"
import "../parts/studio_preview.js"
import "../parts/studio_timeline.js"
import "../parts/studio_stamper.js"
import "../parts/studio_findings.js"
import "../parts/studio_film.js"
import "../parts/studio_releases.js"
import "../parts/studio_bulk.js"
import "../parts/studio_translate.js"
import "../parts/studio_files.js"
import "../parts/studio_history.js"
import "../parts/studio_times.js"
import "../parts/studio_share.js"
import "../parts/studio_conflicts.js"
import { all, on, one, page } from "../lib/dom.js"
import { nameOf } from "../lib/hotkeys.js"
import { FilmClock } from "../lib/studio_film_clock.js"
import { Desk } from "../lib/studio_desk.js"
import { t } from "../lib/words.js"

const told = page()
const desk = new Desk(told)
const clock = new FilmClock(`studio-clock-${told.slug}`)
const part = Object.fromEntries(["list", "note", "scene", "preview", "timeline", "stamper", "findings", "film", "releases", "bulk", "translate", "files", "history", "times", "share", "conflicts"].map((name) => [name, one(`studio-${name}`)]))
const dialog = (name) => one(`#dialog-${name}`)

await begin()

async function begin() {
  const opened = await desk.open()
  one("[data-locked]").hidden = opened
  one("[data-desk]").hidden = !opened
  if (!opened) return
  for (const each of ["bulk", "translate", "files", "history", "times", "share", "film", "releases", "conflicts", "findings"]) part[each].attach?.(desk)
  part.stamper.attach(desk.draft, clock, desk.draft.document.languages[0])
  desk.addEventListener("change", render)
  desk.addEventListener("standing", saved)
  clock.addEventListener("change", () => part.timeline.redraw())
  if (!desk.draft.document.cues.length) show("edit")
  render()
  saved()
}

function render() {
  const { draft, chosen, lang } = desk
  const [kind, id] = chosen.split(/ (.*)/)
  one("[data-title]").textContent = desk.title || t("Untitled notes")
  document.title = `${desk.title || t("Untitled notes")} · Companion`
  part.list.show(draft.document, { chosen, lang, findings: draft.facts.findings, flags: draft.facts.flags })
  part.note.show(draft, kind === "cue" ? id : null)
  part.scene.show(draft, kind === "scene" ? id : null)
  part.preview.show(told.api, draft.document, draft.document.cues.find((cue) => cue.id === id && kind === "cue"), draft.document.scenes.find((scene) => scene.id === id && kind === "scene"))
  part.timeline.show(draft, chosen, lang, clock)
  part.conflicts.show(draft)
  one("[data-nothing]").hidden = !part.note.hidden || !part.scene.hidden || !part.stamper.hidden
  one("[data-first-steps]").hidden = draft.document.cues.length > 0
  one("[data-undo]").disabled = draft.done.length === 0
  one("[data-redo]").disabled = draft.undone.length === 0
  one("[data-findings-count]").textContent = part.findings.show(draft)
  for (const each of all("dialog[open] > :is(studio-film, studio-releases, studio-bulk, studio-translate, studio-history, studio-times, studio-share)")) each.refresh?.()
}

function saved() {
  const place = one("[data-saved]")
  place.dataset.standing = desk.standing
  place.textContent = desk.standingWords
  one("[data-locked]").hidden = desk.standing !== "locked"
}

function show(pane) {
  one("[data-desk]").dataset.pane = pane
  for (const button of all("[data-show-pane]")) button.setAttribute("aria-pressed", String(button.dataset.showPane === pane))
}

function watch(on_ = part.stamper.hidden) {
  part.stamper.hidden = !on_
  one("[data-watch]").setAttribute("aria-pressed", String(on_))
  one("[data-desk]").toggleAttribute("data-watching", on_)
  if (on_) show("edit")
  render()
  if (on_) part.stamper.begin()
}

function firstNote() {
  desk.addHere(clock)
  show("edit")
  part.note.begin()
  part.list.reveal()
}

async function openDialog(name) {
  one(".studio-menu").open = false
  for (const open of all("dialog[open]")) open.close()
  dialog(name).showModal()
  for (const each of dialog(name).children) each.refresh?.()
  if (name === "phone") desk.phone(clock, one("[data-qr]"), one("[data-phone-link]"))
}

on(document, "choose", "*", ({ detail }) => {
  desk.choose(detail.kind, detail.id)
  for (const open of all("dialog[open]")) open.close()
  if (!detail.keep) show("edit")
  part.list.reveal()
})
on(document, "add", "*", ({ detail }) => {
  desk.add(detail.what, detail.scene, clock)
  show("edit")
  ;(detail.what === "scene" ? part.scene : part.note).begin()
  part.list.reveal()
})
on(document, "stamped", "*", ({ detail }) => {
  desk.choose(detail.kind, detail.id)
  part.list.reveal()
})
on(document, "kind-of", "*", ({ detail }) => desk.kindOf(detail.id, detail.kind))
on(document, "take-away", "*", ({ detail }) => desk.takeAway(detail.kind, detail.id))
on(document, "duplicate", "*", ({ detail }) => desk.duplicate([detail.id]))
on(document, "merge", "*", ({ detail }) => desk.mergeWithNext(detail.id))
on(document, "repair", "*", ({ detail }) => desk.repair(detail))
on(document, "flag-read", "*", ({ detail }) => desk.flagRead(detail.id))
on(document, "film-clock", "*", ({ detail }) => detail.set(clock.seen))
on(document, "film-at", "*", ({ detail }) => clock.goTo(detail.position))
on(document, "film-tick", "*", () => part.timeline.redraw())
on(document, "ticked", "*", () => part.bulk.refresh?.())
on(document, "follow-room", "*", async ({ detail }) => {
  const { follow } = await import("../parts/studio_following.js")
  one("[data-following]").textContent = await follow(detail.code, clock)
})
on(document, "click", "[data-open]", (event, button) => openDialog(button.dataset.open))
on(document, "click", "[data-close]", (event, button) => button.closest("dialog").close())
on(document, "click", "[data-show-pane]", (event, button) => show(button.dataset.showPane))
on(document, "click", "[data-watch]", () => watch())
on(document, "click", "[data-first-note]", () => firstNote())
on(document, "click", "[data-undo]", () => desk.undo())
on(document, "click", "[data-redo]", () => desk.redo())
on(document, "submit", "[data-unlock]", async (event, form) => {
  event.preventDefault()
  one("[data-unlock-said]").textContent = (await desk.unlock(form.link.value)) ? "" : t("That is not the link of these notes.")
  if (one("[data-desk]").hidden) await begin()
})

document.addEventListener("keydown", (event) => {
  const name = `${event.shiftKey && (event.ctrlKey || event.metaKey) ? "Shift+" : ""}${nameOf(event)}`
  const always = { "Ctrl+z": () => desk.undo(), "Shift+Ctrl+z": () => desk.redo(), "Ctrl+y": () => desk.redo(), "Ctrl+s": () => desk.saveNow() }[name]
  const typing = event.target.closest("input:not([type=radio], [type=checkbox], [type=range]), textarea, select, dialog, studio-stamper") || event.isComposing
  const single = typing || event.altKey || !one("[data-keys-on]").checked ? null : { n: firstNote, w: () => watch(), "?": () => openDialog("keys") }[name]
  const does = always ?? single
  if (!does || one("[data-desk]").hidden) return
  event.preventDefault()
  does()
})
