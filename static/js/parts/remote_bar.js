import { all, one } from "../lib/dom.js"
import { n, t } from "../lib/words.js"

/** The bar on top: how many are in, whether phones are in step, and the links that change with the code. */

export function showBar(root, room) {
  const place = one("[data-connection]", root)
  place.dataset.state = room.connection
  place.textContent = connectionWords(room)
  if (room.snapshot) one("[data-people]", root).textContent = peopleWords(room.snapshot.people)
  one("[data-plain-http]", root).hidden = isSecureContext
}

export function showLinks(root, room, facts) {
  const { code, name, film_title } = room.snapshot.room
  const join = `${facts.join_origin}/j/${code}`
  for (const place of all("[data-room-code]", root)) place.textContent = grouped(code)
  one("[data-join-url]", root).textContent = join
  one("[data-qr]", root).src = `/tv/${code}/qr.svg`
  one(".remote-bar__name", root).textContent = name || film_title
  if (!location.pathname.endsWith(`/${code}`)) history.replaceState(null, "", `/host/${code}${location.search}`)
  one("[data-code-on-tv]", root).hidden = !["film", "after"].includes(room.snapshot.room.part)
  const recap = one("[data-recap-link]", root)
  recap.hidden = !["after", "ended"].includes(room.snapshot.room.part)
  recap.href = `/host/${code}/recap`
  return join
}

export function grouped(code) {
  return code.replace(/(\d{3})(?=\d)/g, "$1\u00a0")
}

function connectionWords(room) {
  if (room.connection === "live") return inStepWords(room.clock)
  return { lost: t("no connection; phones go on by themselves"), elsewhere: t("open in another tab"), refused: "" }[room.connection] ?? t("connecting …")
}

function inStepWords(clock) {
  return Number.isFinite(clock.bound) ? t("in step, ±{ms} ms", { ms: Math.max(1, Math.round(clock.bound * 1000)) }) : t("connected")
}

function peopleWords(people) {
  const asleep = people?.asleep ? ` · ${n("{count} asleep", "{count} asleep", people.asleep)}` : ""
  return `${n("{count} in", "{count} in", (people?.here ?? 0) + (people?.asleep ?? 0))}${asleep}`
}
