// @ts-check
import { one } from "../lib/dom.js"

/** The build that these scripts came from stands in their address. */
const MINE = /\/static\/(\w+)\//.exec(import.meta.url)?.[1]
const TRIED = "companion.loaded-again-for"
const IN_THE_MIDDLE = "[data-asks], dialog[open], input:focus, textarea:focus"

/**
 * A page older than the server that answers: it loads itself again, once, when nobody is in the middle of anything, and never lights
 * a dimmed phone for it. Where that did not help, its dialog says so.
 */
class OlderPage extends HTMLElement {
  #isDone = false

  /** @param {import("../live/room.js").Room} room */
  set room(room) {
    const look = () => this.#look(room)
    room.addEventListener("change", look)
    document.addEventListener("visibilitychange", look)
    document.addEventListener("focusout", () => setTimeout(look))
    document.addEventListener("close", () => setTimeout(look), true)
  }

  /** @param {import("../live/room.js").Room} room */
  #look({ snapshot, connection, unsent }) {
    const theirs = snapshot?.build
    if (!MINE || !theirs || theirs === MINE || connection !== "live" || unsent.length || this.#isDone || isBusy()) return
    this.#isDone = true
    if (hasTried(theirs)) one("dialog", this).showModal()
    else location.reload()
  }
}

function isBusy() {
  if (document.hidden) return false
  return Boolean(one(IN_THE_MIDDLE)) || Boolean(one("dim-layer")?.isDark)
}

/** Whether this tab was loaded again for that build before; from now on it was. @param {string} build */
function hasTried(build) {
  try {
    const before = sessionStorage.getItem(TRIED)
    sessionStorage.setItem(TRIED, build)
    return before === build
  } catch {
    return true // without a memory it would load for ever
  }
}

customElements.define("older-page", OlderPage)
