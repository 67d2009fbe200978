// @ts-check
/** @typedef {import("./surroundings.js").Surroundings} Surroundings */

const JUMP = 0.25
const TOGETHER = 0.5

/**
 * Notices every way in which a phone comes back: the page shown again, thawed, online again, or the wall clock and the steady clock
 * no longer telling the same time apart (a sleep that one of them did not count, or a stepped clock; both are answered the same way).
 */
export class Waking {
  #surroundings
  #woken
  #gap
  #lastAt = -Infinity
  #stop

  /**
   * @param {Surroundings} surroundings
   * @param {(why: string) => void} woken several signs at once are told as one
   */
  constructor(surroundings, woken) {
    this.#surroundings = surroundings
    this.#woken = woken
    this.#gap = surroundings.wall() - surroundings.now()
    this.#stop = surroundings.onWaking((why) => this.#notice(why))
  }

  /** Called wherever the page runs anyway. */
  check() {
    if (this.#hasJumped()) this.#tell("clock_jump")
  }

  stop() {
    this.#stop()
  }

  /** @param {string} why */
  #notice(why) {
    const isNew = this.#surroundings.now() - this.#lastAt >= TOGETHER
    if (this.#hasJumped() || isNew) this.#tell(why)
  }

  /** @param {string} why */
  #tell(why) {
    this.#lastAt = this.#surroundings.now()
    this.#woken(why)
  }

  /** Since the last look: two naps in a row are two, however little of them the steady clock counted. */
  #hasJumped() {
    const gap = this.#surroundings.wall() - this.#surroundings.now()
    const jump = Math.abs(gap - this.#gap)
    this.#gap = gap
    return jump > JUMP
  }
}
