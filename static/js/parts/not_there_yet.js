import { make, on, one } from "../lib/dom.js"
import { clock } from "../lib/durations.js"

const MOMENTS = 4

/** "We're not there yet" (ROOM.md 29): holds everything, asks how far back the film really is, goes there. */
export async function notThereYet(room, dialogs, send) {
  if (!(await send("not_there_yet"))) return
  const sheet = dialogs.sheet("not-there-yet")
  const stop = on(sheet, "click", "[data-back], [data-moment]", (_, button) => answer(sheet, button, send))
  one("[data-moments]", sheet).replaceChildren(...(room.snapshot.moments ?? []).slice(0, MOMENTS).map(row))
  sheet.returnValue = ""
  sheet.addEventListener("close", () => (stop(), sheet.returnValue || send("not_there_yet", { never_mind: true })), { once: true })
  dialogs.open("not-there-yet")
}

function answer(sheet, { dataset }, send) {
  sheet.close("answered")
  send("not_there_yet", dataset.moment ? { scene_id: dataset.moment } : { seconds: Number(dataset.back) })
}

function row({ scene_id, words, position }) {
  const said = [make("span", { dir: "auto" }, words), " ", make("small", { class: "quiet figures" }, clock(position))]
  return make("li", {}, make("button", { class: "button button--quiet button--wide", type: "button", "data-moment": scene_id }, ...said))
}
