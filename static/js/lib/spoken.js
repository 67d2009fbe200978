// @ts-check
/** One polite live region per page: a few words at a time, never more often than every second and a half (UX.md section 5). */

const APART = 1500
const LONGEST = 120

export class Spoken {
  /** @param {HTMLElement} region */
  constructor(region) {
    this.region = region
    /** @type {string | null} */
    this.next = null
    this.saidAt = -Infinity
    /** @type {any} */
    this.timer = null
  }

  /** The latest wins when several come at once. @param {string} words @param {number} [longest] */
  say(words, longest = LONGEST) {
    this.next = words.length > longest ? `${words.slice(0, longest - 1)}…` : words
    this.timer ??= setTimeout(() => this.#speak(), Math.max(50, this.saidAt + APART - performance.now()))
  }

  #speak() {
    this.timer = null
    this.saidAt = performance.now()
    this.region.textContent = ""
    this.region.append(this.next ?? "")
    this.next = null
  }
}
