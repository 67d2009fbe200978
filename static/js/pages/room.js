import { Awake } from "../lib/awake.js"
import { isCovered, openDialogs } from "../lib/dialogs.js"
import { all, hide, on, one, page, write } from "../lib/dom.js"
import { keep, kept, set, setting } from "../lib/kept.js"
import { pollNow } from "../lib/poll_now.js"
import { Seen } from "../lib/seen.js"
import { Speaking } from "../lib/speaking.js"
import { Spoken } from "../lib/spoken.js"
import { asks, nowIn, Stage } from "../lib/stage.js"
import { isAtTheEnd } from "../lib/the_end.js"
import { twoWords } from "../lib/two_words.js"
import { t } from "../lib/words.js"
import { join, Unsent } from "../live/room.js"
import { isOpenHere, warningsAt } from "../rules/programme.js"
import "../parts/card_stack.js"
import "../parts/dim_layer.js"
import "../parts/older_page.js"
import "../parts/poll_card.js"
import "../parts/position.js"
import "../parts/reaction_bar.js"
import "../parts/room_settings.js"
import "../parts/so_far.js"

const { code, seat, still } = page()
const mine = `${code}-${seat}`
const room = join({ code, role: "guest", seat })
const speaking = new Speaking((lang) => room.send("set_language", { lang }), draw)
const stage = new Stage()
const seen = new Seen(mine)
const spoken = new Spoken(one("#spoken"))
const awake = new Awake(still, (how) => one("room-settings").awake(how))
const [line, warnings, stack, drawer] = ["film-position", "#warnings", "#stage", "so-far"].map((name) => one(name))
const [bar, strip, dim] = ["reaction-bar", "host-strip", "dim-layer"].map((name) => one(name))
line.room = one("older-page").room = room
const reduced = matchMedia("(prefers-reduced-motion: reduce)")
let [front, timer] = [[], null]

openDialogs()
awake.want(setting("awake"))
if (one("own-clock")) import("../parts/own_clock.js").then(draw)

room.addEventListener("change", ({ detail: { what } }) => {
  if (what.has("connection")) drawConnection()
  draw()
})
room.addEventListener("pulse", ({ detail }) => {
  if (!reduced.matches && !room.snapshot?.is_quiet && !dim.isDark) bar.pulse(detail.counts, Math.abs(detail.position - room.ownPosition()))
})
room.addEventListener("unkept", ({ detail: { command, refused } }) => {
  if (command === "vote") tellNews(t("Your vote came too late and was not counted."), refused.sentence)
})

/** Everything a guest sees, out of what is true now. */
function draw() {
  const { snapshot } = room
  if (!snapshot || !speaking.isRight(snapshot)) return
  drawStage(snapshot)
  drawPolls(snapshot)
  drawDrawer(snapshot)
  drawHands(snapshot)
  drawTime(snapshot)
}

function drawStage(snapshot) {
  const { room: facts } = snapshot
  const now = nowIn(room)
  const isSilent = facts.part === "after" && now.silenceLeft > 0
  front = stage.cards(now)
  const warned = facts.part === "film" ? warningsAt(snapshot.cards, room.ownPosition()) : []
  const cards = [...warned, ...front]
  const news = seen.news(cards.map((card) => card.cue_id))
  warnings.show(warned, { news })
  stack.show(front, { news, mayStay: snapshot.is_quiet || isSilent ? [] : room.soFar().map((card) => card.cue_id) })
  if (news.size) announce(cards.filter((card) => news.has(card.cue_id)).at(-1))
  one("#main").dataset.part = document.body.dataset.part = facts.part
  document.body.toggleAttribute("data-silent", isSilent)
  one(".before-part").hidden = facts.part !== "before"
  one("#idle").hidden = facts.part !== "film" || cards.length > 0
  drawAfter(facts, isSilent, cards.length)
}

function drawAfter({ part }, isSilent, cards) {
  one(".after-part").hidden = !["after", "ended"].includes(part) || cards > 0
  one(".after-part__recap").hidden = part !== "ended"
  one(".after-part__line").textContent =
    part === "ended" ? t("The evening is over. Thank you for coming.") : isSilent ? t("Stay with it for a moment.") : t("Talk about it. The next card comes when the host is ready.")
}

function drawPolls(snapshot) {
  const here = { position: room.ownPosition(), now: room.clock.now(), unsent: room.unsent }
  for (const [id, article] of [...stack.cards, ...drawer.cards]) {
    const card = snapshot.cards.find((held) => held.cue_id === id)
    const isOpen = Boolean(card) && isOpenHere(card, here.position, Object.keys(snapshot.results ?? {}))
    if (card && asks(card)) one("poll-card", article)?.refresh(pollNow(card, snapshot, { ...here, isOpen }))
    const flag = one("[data-flag]", article)
    if (flag) flag.hidden = false
  }
  stack.toggleAttribute("data-asks", Boolean(one(".card:not([hidden], [data-leaving]) .poll-card", stack)) && snapshot.room.part === "film")
}

function drawDrawer(snapshot) {
  const cards = room.soFar().filter((card) => card.part !== "before" || snapshot.room.part !== "before")
  const unread = seen.unread(cards.map((card) => card.cue_id), front.map((card) => card.cue_id))
  const first = cards.findLast?.((card) => asks(card) && card.start != null && isOpenHere(card, room.ownPosition(), Object.keys(snapshot.results ?? {})))?.cue_id ?? null
  drawer.show(cards, { titles: snapshot.scenes ?? {}, unread, first })
  const count = one("#so-far-count")
  count.textContent = unread.size && !snapshot.is_quiet ? t("{count} new", { count: unread.size }) : cards.length || ""
  count.toggleAttribute("data-new", unread.size > 0 && !snapshot.is_quiet)
}

function drawHands(snapshot) {
  const { part, guests_may_pause, apart, hold_all } = snapshot.room
  const isHost = Boolean(snapshot.you.is_host)
  const { is_playing } = snapshot.playback
  bar.hidden = part !== "film"
  bar.markUnsent(new Set(room.unsent.filter(({ command }) => command === "react").flatMap(({ fields }) => Object.keys(fields.counts))))
  hide(one("#guest-pause"), isHost || apart || !guests_may_pause || part !== "film" || !is_playing)
  strip.hidden = !isHost
  const now = { part, isPlaying: is_playing, isHeld: Boolean(hold_all), checkpoint: snapshot.checkpoint, isAtTheEnd: isAtTheEnd(room), pressedAt: () => room.clock.now() }
  if (isHost) import("../parts/host_strip.js").then(() => strip.show(now)) // guests need none of it
  drawOwnClock(snapshot)
  dim.rest(part === "film" && is_playing && front.length === 0 && setting("dims") && !isCovered() && room.connection === "live")
  dim.black(Boolean(snapshot.room.black))
}

function drawOwnClock({ room: { apart, part }, playback, you }) {
  const clock = one("own-clock")
  if (!clock?.show) return
  clock.hidden = !apart || part !== "film"
  const now = { theirs: () => room.position(), delay: you.delay, awaySince: kept(`away.${mine}`), isSet: kept(`own-clock.${mine}`, false), isPlaying: playback.is_playing }
  clock.show(now)
  if (one("#own-clock[open]")) one("own-clock-sheet").show(now)
}

/** The line and the time; then once more when the next second begins, unless nobody can see it. */
function drawTime(snapshot) {
  clearTimeout(timer)
  const position = room.ownPosition()
  const { is_playing, rate } = snapshot.playback
  line.show({ part: snapshot.room.part, position, runtime: snapshot.room.runtime, isPlaying: is_playing })
  dim.at(position)
  document.title = `${front.length ? "• " : ""}${snapshot.room.name || snapshot.room.film_title} · Companion`
  if (document.hidden) return
  const next = is_playing ? (1 - (position % 1)) / rate + 0.02 : Infinity
  const wait = Math.min(next, stage.changesIn(performance.now() / 1000), silenceLeft(snapshot), room.connection === "live" ? Infinity : 1)
  if (wait < Infinity) timer = setTimeout(() => (needsAll(snapshot) ? draw() : drawTime(snapshot)), Math.max(50, wait * 1000))
}

/** Only the time moves while nothing stands in front of the guest. */
function needsAll(snapshot) {
  return front.length > 0 || snapshot.silence_until || room.connection !== "live" || isCovered() || (snapshot.you.is_host && isAtTheEnd(room))
}

function silenceLeft({ silence_until }) {
  const left = silence_until ? silence_until - room.clock.now() : 0
  return left > 0 ? left : Infinity
}

/** Two words for who does not look, or all of them for who asked for that; one short buzz, but never in a quiet scene. */
function announce(card) {
  spoken.say(twoWords(card, room.ownPosition()), stack.cards.get(card.cue_id) ?? warnings.cards.get(card.cue_id))
  dim.news()
  if (setting("buzz") && !document.hidden && !dim.isDark && !room.snapshot.is_quiet) navigator.vibrate?.(40)
}

function drawConnection() {
  const { connection, lostFor, refused } = room
  document.documentElement.dataset.connection = connection
  one("connection-dot").dataset.state = lostFor >= 2 ? "lost" : "live"
  const elsewhere = one("#elsewhere")
  if (connection === "elsewhere" && !elsewhere.open) elsewhere.showModal()
  if (connection !== "elsewhere" && elsewhere.open) elsewhere.close()
  if (connection === "refused") return location.replace(`/j/${code}?seat=${seat}`)
  tellNews(lostFor >= 10 ? t("No connection. The film’s time runs on here; what you tap is sent later.") : "")
  if (refused) tellNews(refused.sentence)
}

function tellNews(...sentences) {
  write(one("#news"), sentences.filter(Boolean).join(" "))
}

/** What a person asks for; a no is told in its own sentence. */
async function ask(command, fields, how) {
  try {
    const ack = await room.send(command, fields, how)
    tellNews("")
    return ack
  } catch (error) {
    if (!(error instanceof Unsent)) tellNews(error.sentence)
    else if (!error.kept) tellNews(t("Not connected. Try again in a moment."))
    draw()
  }
}

on(document, "submit", ".poll-card__form", (event, form) => {
  event.preventDefault()
  form.closest("poll-card").submit()
})
document.addEventListener("cast", ({ detail }) => ask("vote", detail, { keep: true }))
document.addEventListener("react", ({ detail }) => ask("react", { ...detail, position: room.ownPosition() }, { keep: true }))
document.addEventListener("heed", ({ target, detail: { words, isAll } }) => spoken.say(words, isAll ? target : null))
document.addEventListener("felt", () => bar.count(bar.first))
document.addEventListener("command", ({ detail: { command, fields, resolve } }) => ask(command, fields).then(resolve))
for (const name of ["turned", "woken"]) document.addEventListener(name, draw)
document.addEventListener("visibilitychange", () => document.hidden || draw())
one("#guest-pause").addEventListener("click", () => ask("pause", { pressed_at: room.clock.now() }))
one("[data-take-back]").addEventListener("click", () => room.takeBack())

document.addEventListener("opened", ({ target }) => {
  draw()
  if (target.id === "so-far") seen.look(room.soFar().map((card) => card.cue_id))
})
for (const dialog of all("dialog")) dialog.addEventListener("close", draw)

document.addEventListener("switched", ({ detail: { name, on: isOn } }) => {
  if (name === "awake") awake.want(isOn)
  if (name === "warnings") ask("set_warnings", { on: isOn })
  draw()
})
document.addEventListener("renamed", async ({ detail: { name } }) => {
  const ack = await ask("rename", { name })
  one("room-settings").named(ack ? t("Saved.") : one("#news").textContent)
})
document.addEventListener("delay", async ({ detail: { seconds: delay, in_ad } }) => {
  keep(`away.${mine}`, null)
  keep(`own-clock.${mine}`, true)
  await ask("set_delay", { seconds: delay, in_ad })
})
document.addEventListener("away", ({ detail: { since } }) => {
  keep(`away.${mine}`, since)
  ask("set_delay", { seconds: room.snapshot.you.delay, in_ad: true })
  draw()
})

on(document, "click", "[data-flag]", (_event, button) => {
  const dialog = one("#flag")
  one("[name=cue_id]", dialog).value = button.closest(".card").dataset.cueId
  dialog.showModal()
})
one("#flag").addEventListener("close", ({ target }) => {
  const { cue_id, reason } = Object.fromEntries(new FormData(one("form", target)))
  if (target.returnValue === "send") ask("flag", { cue_id, reason }).then((ack) => ack && tellNews(t("Thank you. Whoever wrote the notes will read it.")))
  target.returnValue = ""
  one("form", target).reset()
})
set("brighter", setting("brighter"))
draw()
