import { make, on, one } from "../lib/dom.js"
import { n, t } from "../lib/words.js"

const COUNT_FROM = 10

/** The start: who is here, and "it starts … now", at once or after a countdown that every phone shows. */
export function startTogether(room, dialogs, send) {
  const sheet = dialogs.sheet("ready")
  const list = () => showReady(sheet, room.snapshot.people)
  const begin = (fields) => (sheet.close(), send("start", fields))
  const stops = [
    on(sheet, "click", "[data-start-now]", () => begin({})),
    on(sheet, "click", "[data-count-down]", () => begin({ countdown: COUNT_FROM })),
  ]
  room.addEventListener("change", list)
  sheet.addEventListener("close", () => end(), { once: true })
  list()
  dialogs.open("ready")

  function end() {
    stops.forEach((stop) => stop())
    room.removeEventListener("change", list)
  }
}

function showReady(sheet, people) {
  const list = Array.isArray(people) ? people : people?.list ?? []
  const row = ({ name, presence }) => make("li", { "data-presence": presence }, make("bdi", { dir: "auto" }, name))
  one("[data-ready]", sheet).replaceChildren(...list.map(row))
  const here = list.filter((guest) => guest.presence === "here").length
  one("[data-ready-words]", sheet).textContent = list.length
    ? n("{count} person is ready.", "{count} people are ready.", here)
    : t("Nobody has joined yet. You can start anyway; late is always allowed.")
}
