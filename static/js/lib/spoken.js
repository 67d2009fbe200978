// @ts-check
/** One polite live region per page: a few words at a time, never more often than every second and a half (UX.md section 5). */

import { one } from "./dom.js"
import { setting } from "./kept.js"

const APART = 1500
const LONGEST = 120
const ALL = 700

export class Spoken {
  /** @param {HTMLElement} region */
  constructor(region) {
    this.region = region
    /** @type {string | null} */
    this.next = null
    this.saidAt = -Infinity
    /** @type {any} */
    this.timer = null
    this.home = region.parentElement
    for (const type of ["opened", "close"]) document.addEventListener(type, () => this.#follow(), true)
  }

  /** The latest wins when several come at once. @param {string} words @param {HTMLElement | null} [shown] what is read out too to whoever asked for that */
  say(words, shown = null) {
    const all = shown && setting("reads") ? `${words} ${shown.innerText}` : words
    const longest = shown && setting("reads") ? ALL : LONGEST
    this.next = all.length > longest ? `${all.slice(0, longest - 1)}…` : all
    this.timer ??= setTimeout(() => this.#speak(), Math.max(50, this.saidAt + APART - performance.now()))
  }

  /** An open dialog silences everything beside it, so it is heard from there. What was said is not said again. */
  #follow() {
    const place = one("dialog[open]") ?? this.home
    if (this.region.parentElement === place) return
    this.region.textContent = ""
    place.append(this.region)
  }

  #speak() {
    this.timer = null
    this.saidAt = performance.now()
    this.region.textContent = ""
    this.region.append(this.next ?? "")
    this.next = null
  }
}
