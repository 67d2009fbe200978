// @ts-check
/** @typedef {import("./surroundings.js").Surroundings} Surroundings */
/** @typedef {{t1: number, t2: number, t3: number, t4: number, clock_epoch: string, revision: number}} TimeAnswer */
/** @typedef {{round: number, left: number, waiting: number, answers: number, isUrgent: boolean, patience: number}} Burst */

const APART = 0.1
const FIRST_BURST = 10
const WAKING_BURST = 6
const BURST = 3
const EARLY_EVERY = 15
const EARLY_FOR = 300
const EVERY = 60
const PHASE = 0.1
const HOUR = 3600
const PER_HOUR = 250
/** Of these the last are for finding out whether a socket is alive: one each. */
const RESERVE = 12
/** After this long no answer comes any more, seconds. */
const PATIENCE = 2
/** Whoever picks up their phone wants to see the film's place, not wait for a line that died in their pocket, seconds. */
const WAKING_PATIENCE = 0.5
/** On a slow line an answer is late only when it takes this many times what the slowest of the last burst took. */
const TIMES_USUAL = 4

/**
 * When this phone asks for the time (SYNC.md): ten at the start, three every 15 s for five minutes, then three a minute; a few on
 * waking; none while hidden; at most 250 in any hour.
 */
export class Probes {
  #surroundings
  #ask
  #listener
  #startedAt = NaN
  /** @type {any} */
  #timer = null
  /** @type {number[]} */
  #sent = []
  /** Only the newest burst goes on; what an older one still hears is used all the same. */
  #round = 0
  /** The slowest answer of the newest burst, seconds there and back. */
  #usual = 0

  /**
   * @param {Surroundings} surroundings
   * @param {(heard: (answer: TimeAnswer | null) => void, within: number) => void} ask  null when no answer came within so many seconds
   * @param {{answer: (answer: TimeAnswer) => void, burstOver: () => void, silent: () => void}} listener
   *   `silent`: nothing comes back, so the socket is not to be trusted
   */
  constructor(surroundings, ask, listener) {
    this.#surroundings = surroundings
    this.#ask = ask
    this.#listener = listener
  }

  /** The socket is up (again): ask now, then go on by the schedule. */
  start() {
    const isFirst = Number.isNaN(this.#startedAt)
    if (isFirst) this.#startedAt = this.#surroundings.now()
    this.#begin(isFirst ? FIRST_BURST : WAKING_BURST, true, PATIENCE)
  }

  /** The page came back, or something moved the clocks: ask now. */
  wake() {
    if (Number.isNaN(this.#startedAt)) return
    this.#begin(WAKING_BURST, true, Math.min(PATIENCE, Math.max(WAKING_PATIENCE, TIMES_USUAL * this.#usual)))
  }

  stop() {
    this.#round++
    this.#surroundings.forget(this.#timer)
  }

  /**
   * @param {number} wanted
   * @param {boolean} isUrgent at least one, whatever the hour has seen
   * @param {number} patience
   */
  #begin(wanted, isUrgent, patience) {
    this.stop()
    if (this.#surroundings.hidden()) return
    const count = Math.max(isUrgent ? 1 : 0, Math.min(wanted, this.#left()))
    if (count === 0) return this.#later()
    this.#burst({ round: this.#round, left: count, waiting: count, answers: 0, isUrgent, patience })
  }

  /** @param {Burst} burst */
  #burst(burst) {
    if (burst.round !== this.#round) return
    burst.left--
    this.#sent.push(this.#surroundings.now())
    this.#ask((answer) => this.#hear(burst, answer), burst.patience)
    if (burst.left > 0) this.#timer = this.#surroundings.after(APART, () => this.#burst(burst))
    else this.#later()
  }

  /** @param {Burst} burst @param {TimeAnswer | null} answer */
  #hear(burst, answer) {
    burst.waiting--
    if (answer) {
      const took = answer.t4 - answer.t1
      this.#usual = burst.answers++ ? Math.max(this.#usual, took) : took
      this.#listener.answer(answer)
    }
    if (burst.waiting === 0) this.#listener.burstOver()
    const isSilent = burst.answers === 0 && (burst.waiting === 0 || burst.isUrgent)
    if (isSilent && burst.round === this.#round) this.#silent()
  }

  #silent() {
    this.stop()
    this.#listener.silent()
  }

  #later() {
    const { now, random, after } = this.#surroundings
    const isEarly = now() - this.#startedAt < EARLY_FOR
    const wait = isEarly ? EARLY_EVERY : EVERY * (1 - PHASE + 2 * PHASE * random())
    this.#timer = after(wait, () => this.#begin(BURST, false, PATIENCE))
  }

  /** How many more this hour allows for the time's sake. */
  #left() {
    const since = this.#surroundings.now() - HOUR
    while (this.#sent.length && this.#sent[0] < since) this.#sent.shift()
    return Math.max(0, PER_HOUR - RESERVE - this.#sent.length)
  }
}
