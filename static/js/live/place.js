// @ts-check
import { momentOf, positionAt } from "../rules/playback.js"

/** A clock that found itself ahead by more than this is believed at once; less, and the film stands still on screen until it fits. */
const LONGEST_HOLD = 2

/**
 * Where the film is on this phone. Never runs backwards while the same playback goes on, however the clock is corrected, and stays
 * where a frame has put it: a frame may be half its length early.
 */
export class Place {
  #clock
  /** @type {any} */
  #playback = null
  #limit = Infinity
  #floor = -Infinity

  /** @param {{now(): number}} clock */
  constructor(clock) {
    this.#clock = clock
  }

  /** @param {any} playback @param {number | null | undefined} limit */
  set(playback, limit) {
    const isSame = JSON.stringify(playback) === JSON.stringify(this.#playback)
    this.#playback = playback
    this.#limit = limit ?? Infinity
    if (!isSame) this.#floor = -Infinity
  }

  /** Seconds into the film; NaN before anything is known. */
  position() {
    if (!this.#playback) return NaN
    const position = positionAt(this.#playback, this.#clock.now(), this.#limit)
    if (!this.#playback.is_playing) return position
    const isHeld = position < this.#floor && this.#floor - position < LONGEST_HOLD
    this.#floor = isHeld ? this.#floor : position
    return this.#floor
  }

  /** This position counts as reached, by the frame that was nearest to it. @param {number} position */
  reach(position) {
    if (this.#playback?.is_playing) this.#floor = Math.max(this.#floor, position)
  }

  /** Seconds until the film gets to `position`: 0 when it is past, Infinity while it stands still before. @param {number} position */
  until(position) {
    if (!this.#playback || this.position() >= position) return this.#playback ? 0 : Infinity
    const moment = momentOf(this.#playback, position, this.#limit)
    return moment === null ? Infinity : Math.max(0, moment - this.#clock.now())
  }
}
