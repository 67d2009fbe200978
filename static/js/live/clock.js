// @ts-check
import { drift } from "./drift.js"

/**
 * The server's time on this phone, from answers to time probes (four instants each, RFC 5905's arithmetic).
 *
 * An answer says: the server is ahead of us by at least t3 - t4 and by at most t2 - t1, whatever the network did. The clock keeps the
 * last answers, lets each limit loosen with age (phi) and follow the learned drift, and believes the middle of what is left. So the
 * best way out and the best way back need not come from the same answer, and the published bound holds the truth by construction.
 */

const KEPT = 24
const BURSTS_KEPT = 64
const LONGEST_DELAY = 2
const PHI = 200e-6
/** After a contradiction: no crystal is worse than this. */
const WORST_PHI = 250e-6
const FREE_SECONDS = 3
const SLEW = 0.005
const STEP = 0.1
const TRUSTED_ANSWERS = 3

/**
 * @typedef {object} Answer
 * @property {number} at      when it was heard, on the phone's clock
 * @property {number} most    the server is ahead by at most this
 * @property {number} least   and by at least this
 */

export class Clock {
  #now
  #grain
  /** @type {Answer[]} */
  #answers = []
  /** @type {Answer[]} */
  #burst = []
  /** @type {{at: number, offset: number, width: number}[]} */
  #points = []
  #drift = { rate: 0, phi: PHI }
  /** @type {{at: number, most: number, least: number} | null} what the kept answers say together */
  #belief = null
  /** @type {number | null} what was shown when nothing was known yet, or what is still shown after a flush */
  #shown = null
  #remaining = { at: 0, offset: 0 }
  #freeUntil = 0
  /** Whether what is shown is worth keeping: until then every answer of the first seconds moves it at once. */
  #isSettled = false
  /**
   * How far what is shown could be wrong when the answers it rested on were forgotten without a reason to doubt it (a reconnection):
   * it is kept until answers as good have come. The first ones may have waited for a busy server.
   * @type {{at: number, width: number} | null}
   */
  #carried = null
  /** Questions asked before this were asked by a phone whose clock may have missed something since. */
  #trustedFrom = -Infinity

  /**
   * @param {() => number} now seconds of a clock that is never stepped
   * @param {number} grain seconds it can tell apart
   */
  constructor(now, grain) {
    this.#now = now
    this.#grain = grain
  }

  /** Server seconds. Before anything was heard: NaN. */
  now() {
    const local = this.#now()
    return local + this.#offset(local)
  }

  /** How far `now()` can be from the truth, seconds: Infinity until an answer came. */
  get bound() {
    const local = this.#now()
    if (!this.#belief) return Infinity
    const { most, least } = this.#belief
    return (most - least) / 2 + this.#drift.phi * (local - this.#belief.at) + Math.abs(this.#slewing(local))
  }

  /** Whether `now()` means anything. */
  get isSet() {
    return this.#belief !== null || this.#shown !== null
  }

  /** Seconds gained per second, as far as it is known. */
  get drift() {
    return this.#drift.rate
  }

  /**
   * A first idea from a message that carries the server's time but proves nothing: late by the way here, better than nothing. Ignored
   * once answers came.
   * @param {number} serverNow
   */
  hint(serverNow) {
    if (!this.#belief && this.#shown === null) this.#shown = serverNow - this.#now()
  }

  /**
   * What an answer brought: t1 and t4 on the phone's clock, t2 and t3 on the server's.
   * @param {{t1: number, t2: number, t3: number, t4: number}} instants
   * @returns {boolean} false when it proves nothing: negative, slower than 2 s, or asked before the last flush
   */
  heard({ t1, t2, t3, t4 }) {
    const delay = t4 - t1 - (t3 - t2)
    if (!(delay >= -this.#grain && delay <= LONGEST_DELAY && t3 >= t2 && t4 >= t1 && t1 >= this.#trustedFrom)) return false
    const answer = { at: t4, most: t2 - t1 + this.#grain, least: t3 - t4 - this.#grain }
    const before = this.#shown === null && !this.#belief ? null : this.#offset(t4)
    this.#doubt(answer)
    if (!this.#answers.length) this.#freeUntil = t4 + FREE_SECONDS
    this.#burst.push(answer)
    this.#answers.push(answer)
    if (this.#answers.length > KEPT) this.#answers.shift()
    this.#believe(t4, before)
    return true
  }

  /** The answers since the last call were one burst: their best becomes a point the drift is learned from. */
  endBurst() {
    const together = this.#intersection(this.#burst, this.#now())
    this.#burst = []
    if (!together) return
    this.#points.push({ at: together.at, offset: (together.most + together.least) / 2, width: together.most - together.least })
    if (this.#points.length > BURSTS_KEPT) this.#points.shift()
    const learned = drift(this.#points)
    if (!learned) return
    const local = this.#now()
    const before = this.#offset(local)
    this.#drift = { rate: learned.rate, phi: Math.min(PHI, learned.phi) }
    this.#believe(local, before)
  }

  /** This phone may have slept: forget every answer, also those still on their way, and doubt what is shown. */
  flush() {
    this.#trustedFrom = this.#now()
    this.forget()
    this.#carried = null
  }

  /**
   * Forget every answer: there is another line, perhaps to another server. What is shown runs on; the drift stays, for the crystal is
   * the same.
   */
  forget() {
    const local = this.#now()
    if (this.#belief) {
      this.#carried = { at: local, width: this.bound }
      this.#isSettled ||= local >= this.#freeUntil
    }
    if (this.isSet) this.#shown = this.#offset(local)
    this.#answers = []
    this.#burst = []
    this.#points = []
    this.#belief = null
  }

  /**
   * An answer that cannot be true together with the kept ones: the crystal is worse than thought, or the clock was moved and nobody
   * noticed. @param {Answer} answer
   */
  #doubt(answer) {
    const all = this.#intersection([...this.#answers, answer], answer.at)
    if (!all || all.most >= all.least) return
    this.forget()
    this.#carried = null
    this.#drift = { rate: this.#drift.rate, phi: WORST_PHI }
  }

  /**
   * @param {number} local
   * @param {number | null} before the offset shown until now, null when none was
   */
  #believe(local, before) {
    this.#belief = this.#intersection(this.#answers, local)
    if (!this.#belief) return
    const error = before === null ? 0 : before - this.#believed(local)
    const { most, least } = this.#belief
    const isWrong = before !== null && (before > most || before < least)
    if (isWrong || this.#isAsGood((most - least) / 2, local)) this.#carried = null
    const isSure = isWrong && (Math.abs(error) > STEP || this.#answers.length >= TRUSTED_ANSWERS)
    this.#isSettled = local >= this.#freeUntil || (this.#isSettled && !isSure)
    const steps = (!this.#isSettled && !this.#carried) || (isWrong && Math.abs(error) > STEP)
    this.#remaining = { at: local, offset: steps ? 0 : error }
    this.#shown = null
  }

  /** @param {number} width of what new answers say @param {number} local */
  #isAsGood(width, local) {
    return !this.#carried || width <= this.#carried.width + this.#drift.phi * (local - this.#carried.at)
  }

  /**
   * The limits on the offset at `local` that these answers set together.
   * @param {Answer[]} answers
   * @param {number} local
   */
  #intersection(answers, local) {
    if (!answers.length) return null
    const { rate, phi } = this.#drift
    const most = Math.min(...answers.map((a) => a.most + (rate + phi) * (local - a.at)))
    const least = Math.max(...answers.map((a) => a.least + (rate - phi) * (local - a.at)))
    return { at: local, most, least }
  }

  /** @param {number} local */
  #offset(local) {
    if (this.#belief) return this.#believed(local) + this.#slewing(local)
    return this.#shown ?? NaN
  }

  /** @param {number} local */
  #believed(local) {
    if (!this.#belief) return NaN
    return (this.#belief.most + this.#belief.least) / 2 + this.#drift.rate * (local - this.#belief.at)
  }

  /** What is still to be slewed at `local`, seconds. @param {number} local */
  #slewing(local) {
    const { at, offset } = this.#remaining
    if (this.#carried) return offset
    return Math.sign(offset) * Math.max(0, Math.abs(offset) - SLEW * (local - at))
  }
}
