import "../parts/act_list.js"
import "../parts/checkpoint_question.js"
import "../parts/coming_up.js"
import "../parts/film_copy.js"
import "../parts/guest_mirror.js"
import "../parts/host_transport.js"
import "../parts/older_page.js"
import "../parts/own_poll.js"
import "../parts/people_list.js"
import "../parts/poll_desk.js"
import "../parts/night_settings.js"
import { Asked } from "../lib/asked.js"
import { all, on, one, page } from "../lib/dom.js"
import { clock } from "../lib/durations.js"
import { areOn, listen, turn } from "../lib/hotkeys.js"
import { t } from "../lib/words.js"
import { join } from "../live/room.js"
import { comeIn, hostLink, keep, showClosedDoor } from "../parts/host_door.js"
import { copy, showHostLink } from "../parts/host_link.js"
import { notThereYet } from "../parts/not_there_yet.js"
import { showBar, showLinks } from "../parts/remote_bar.js"
import { hotkeys, showKeys } from "../parts/remote_keys.js"
import { speakUp } from "../parts/remote_voice.js"
import { said, sheets } from "../parts/remote_sheets.js"
import { startTogether } from "../parts/start_together.js"

const PARTS = "act-list, checkpoint-question, coming-up, film-copy, guest-mirror, host-transport, people-list, night-settings, poll-desk"
const SURE_COMMANDS = { "new-code": "new_code", renew: "renew_hosts", end: "end", delete: "delete_room" }
const facts = page()
const root = document.body
const asked = new Asked()
const remote = one(".remote")
const part = (name) => one(name, root)
const dialogs = sheets(root)
let newestAct = null
const note = said(one("[data-said]"), () => part("act-list").undoLast())

comeIn(root, facts).then(({ ok, sentence }) => (ok ? begin() : showClosedDoor(root, sentence)))

function begin() {
  const room = join({ code: facts.code, role: "host", seat: facts.seat })
  for (const element of all(PARTS)) element.room = room
  one("older-page").room = room
  room.addEventListener("change", ({ detail }) => changed(room, detail.what))
  root.addEventListener("command", (event) => heard(room, event.detail))
  root.addEventListener("start", () => startTogether(room, dialogs, send(room)))
  on(root, "click", "[data-open]", (_, button) => open(room, button.dataset.open))
  on(root, "click", "[data-copy-link]", (_, button) => copy(button.dataset.copyLink === "host" ? hostLink(facts.join_origin, facts.code) : one("[data-join-url]").textContent, note))
  on(root, "click", "[data-code-on-tv]", () => codeOnTelevision(room))
  on(root, "click", "[data-ask-first]", (_, button) => askFirst(room, button.dataset.askFirst))
  on(root, "click", "[data-show-view]", (_, tab) => showView(tab.dataset.showView))
  on(root, "change", "[data-keys-on]", (_, box) => turn(box.checked))
  one("[data-keys-on]").checked = areOn()
  listen(keysOf(room), { isOn: areOn })
  speakUp(room, one("[data-spoken]"))
}

function changed(room, what) {
  showBar(root, room)
  if (room.refused) remote.hidden = true
  if (room.refused) return showClosedDoor(root, room.refused.code === "not_host" ? "" : room.refused.sentence)
  if (!room.snapshot) return
  one("[data-door]").hidden = true
  remote.hidden = false
  remote.dataset.part = room.snapshot.room.part
  for (const element of all(PARTS)) element.changed(what)
  if (["snapshot", "part", "room"].some((one) => what.has(one))) showLinks(root, room, facts)
  sayNews(room.snapshot)
}

/** The newest act, in one line with Undo, also when another host did it. */
function sayNews({ acts = [] }) {
  const [newest] = acts
  const isNews = newest && newestAct !== null && newest.act > newestAct
  newestAct = newest?.act ?? 0
  if (isNews) note.say(newest.by ? `${newest.by}: ${newest.sentence}` : newest.sentence, { canUndo: newest.can_undo && newest.verb !== "undo" })
}

async function heard(room, { name, fields, resolve }) {
  resolve(await send(room)(name, fields))
}

/** Sends, and says in one sentence what became of it; null when nothing did. */
function send(room) {
  return async (name, fields = {}) => {
    try {
      const ack = await room.send(name, fields)
      acknowledged(ack)
      return ack
    } catch (error) {
      note.say(whyNot(room, error), { kind: "fault" })
      return null
    }
  }
}

/** What was done stands in the list of acts, whoever did it; here only the new secret of a host link is kept. */
function acknowledged(ack) {
  if (ack.host_token) keep(facts.code, ack.host_token)
}

/** One sentence, and where the film really is. */
function whyNot(room, error) {
  if (error.code === "unsent") return t("Not sent: no connection just now. Try again in a moment.")
  if (error.code !== "stale") return error.sentence || t("That did not work.")
  return `${error.sentence} ${t("The film is at {place}.", { place: clock(room.position()) })}`
}

async function askFirst(room, what) {
  if (!(await dialogs.sure(what))) return
  const ack = await send(room)(SURE_COMMANDS[what])
  if (what === "delete" && ack) location.replace("/")
  if (what === "renew" && ack) showHostLink(root, hostLink(facts.join_origin, facts.code))
}

function open(room, id) {
  if (id === "not-there-yet") return notThereYet(room, dialogs, send(room))
  if (id === "keys") showKeys(root, keysOf(room))
  if (id === "host-link") showHostLink(root, hostLink(facts.join_origin, facts.code))
  dialogs.open(id)
}

function codeOnTelevision(room) {
  const isShown = (room.snapshot.room.code_until ?? 0) > room.clock.now()
  return asked.turn("code", isShown, (on) => send(room)("show_code", { on }))
}

function showView(view) {
  remote.dataset.view = view
  for (const tab of all("[data-show-view]")) {
    if (tab.dataset.showView === view) tab.setAttribute("aria-current", "true")
    else tab.removeAttribute("aria-current")
  }
  scrollTo(0, 0)
}

function keysOf(room) {
  const ask = () => (showView("polls"), part("own-poll").begin())
  return hotkeys(room, { part, ask, open: (id) => open(room, id), codeOnTelevision: () => codeOnTelevision(room), sureOf: dialogs.sureOf })
}
