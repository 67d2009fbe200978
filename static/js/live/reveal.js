// @ts-check
/** @typedef {import("./surroundings.js").Surroundings} Surroundings */

/** A timer is good to a few milliseconds; from here on animation frames decide. */
const LEAD = 0.05
const LONGEST_TIMER = 600
/** Timers are no finer. */
const TIMER_GRAIN = 0.002
const USUAL_FRAME = 1 / 60
const SLOWEST_FRAME = 1 / 20

/**
 * @typedef {object} Moment
 * @property {() => number} wait  seconds until it comes, as far as is known now; Infinity when it does not
 * @property {() => void} reached
 */

/**
 * Calls each moment in the animation frame nearest to it. One timer to the next moment, no frames before the last 50 ms. What moves
 * the moments (pause, seek, a better clock) calls `retime`.
 */
export class Reveals {
  #surroundings
  /** @type {Set<Moment>} */
  #moments = new Set()
  /** @type {any} */
  #timer = null
  /** @type {any} */
  #frame = null
  #lastFrame = NaN

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.#surroundings = surroundings
  }

  /**
   * @param {() => number} wait
   * @param {() => void} reached called once
   * @returns {() => void} cancel
   */
  when(wait, reached) {
    const moment = { wait, reached }
    this.#moments.add(moment)
    this.retime()
    return () => {
      if (this.#moments.delete(moment)) this.retime()
    }
  }

  retime() {
    this.#surroundings.forget(this.#timer)
    const soonest = Math.min(Infinity, ...[...this.#moments].map((moment) => moment.wait()))
    if (soonest === Infinity) return this.#rest()
    if (this.#surroundings.hidden()) return this.#sleep(soonest)
    if (soonest > LEAD + TIMER_GRAIN) return this.#sleep(soonest - LEAD)
    this.#frame ??= this.#surroundings.frame(() => this.#draw())
  }

  stop() {
    this.#moments.clear()
    this.#surroundings.forget(this.#timer)
    this.#rest()
  }

  /** @param {number} seconds */
  #sleep(seconds) {
    this.#rest()
    this.#timer = this.#surroundings.after(Math.max(0, Math.min(seconds, LONGEST_TIMER)), () => this.#wake())
  }

  #rest() {
    if (this.#frame !== null) this.#surroundings.forgetFrame(this.#frame)
    this.#frame = null
    this.#lastFrame = NaN
  }

  #wake() {
    if (this.#surroundings.hidden()) this.#reach(TIMER_GRAIN)
    this.retime()
  }

  #draw() {
    this.#frame = null
    const now = this.#surroundings.now()
    const frame = frameLength(this.#lastFrame, now)
    this.#lastFrame = now
    this.#reach(frame)
    this.retime()
  }

  /** @param {number} frame seconds until the next chance */
  #reach(frame) {
    for (const moment of [...this.#moments]) {
      if (!isNearest(moment.wait(), frame) || !this.#moments.delete(moment)) continue
      moment.reached()
    }
  }
}

/**
 * The one decision: this frame, or is the next one nearer?
 * @param {number} wait seconds until the moment
 * @param {number} frame seconds until the next frame
 */
export function isNearest(wait, frame) {
  return wait <= frame / 2
}

/** @param {number} last @param {number} now */
function frameLength(last, now) {
  const seen = now - last
  return seen > 0.002 && seen < SLOWEST_FRAME ? seen : USUAL_FRAME
}
