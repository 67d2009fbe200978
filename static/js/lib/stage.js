// @ts-check
/**
 * Which cards stand in front of a guest now. The rules say what is current; this adds what a person expects beside them: an answered
 * question stays until its result has been seen, the lobby is a stack to page through, and after the film one card stands at a time.
 *
 * @typedef {{cue_id: string, kind: string, part: string, shown_at?: number | null, start?: number | null, end?: number | null, closed?: boolean}} Card
 * @typedef {object} Now
 * @property {string} part
 * @property {Card | null} current      what the rules show
 * @property {Card[]} soFar             everything this guest may see, oldest first
 * @property {Record<string, any>} results
 * @property {number} now               seconds of any steady clock
 * @property {number} [silenceLeft]     seconds
 * @property {boolean} [isQuiet]        a scene in which nothing appears
 */

/** How long a question without its result, and a result, stay in front of somebody who is looking, seconds. */
const WAITS = 20
const READS = 12

export class Stage {
  /** @type {Card | null} the question that was last in front of the guest */
  #asked = null
  #leftAt = 0
  #resultAt = 0

  /** @param {Now} now @returns {Card[]} */
  cards(now) {
    if (now.part === "ended" || (now.silenceLeft ?? 0) > 0) return []
    if (now.part === "before") return this.#lobby(now)
    if (now.part === "after") return this.#afterwards(now)
    return this.#film(now)
  }

  /** Seconds until this may change by itself, or Infinity. @param {number} now */
  changesIn(now) {
    if (!this.#asked) return Infinity
    const until = this.#resultAt ? this.#resultAt + READS : this.#leftAt ? this.#leftAt + WAITS : Infinity
    return Math.max(0.05, until - now)
  }

  /** @param {Now} now */
  #lobby({ current, soFar }) {
    const stack = soFar.filter((card) => card.part === "before")
    return current && !stack.includes(current) ? [current, ...stack] : stack
  }

  /** @param {Now} now */
  #afterwards({ current, soFar }) {
    const last = soFar.filter((card) => card.part === "after").at(-1)
    const card = current ?? last
    return card ? [card] : []
  }

  /** @param {Now} now */
  #film(now) {
    const { current } = now
    if (current) {
      this.#remember(current)
      return [current]
    }
    return this.#lingers(now) && this.#asked ? [this.#fresh(now)] : this.#forget()
  }

  /** @param {Card} card */
  #remember(card) {
    this.#asked = asks(card) ? card : null
    this.#leftAt = this.#resultAt = 0
  }

  /** @returns {Card[]} */
  #forget() {
    this.#asked = null
    return []
  }

  /** @param {Now} now */
  #lingers({ now, results, isQuiet, soFar }) {
    if (!this.#asked || isQuiet || !soFar.some((card) => card.cue_id === this.#asked?.cue_id)) return false
    this.#leftAt ||= now
    if (results[this.#asked.cue_id]) this.#resultAt ||= now
    return this.#resultAt ? now < this.#resultAt + READS : now < this.#leftAt + WAITS
  }

  /** @param {Now} now @returns {Card} */
  #fresh({ soFar }) {
    return soFar.find((card) => card.cue_id === this.#asked?.cue_id) ?? /** @type {Card} */ (this.#asked)
  }
}

/** What a stage asks of a room. @param {any} room @returns {Now} */
export function nowIn(room) {
  const { room: facts, results, silence_until: until, is_quiet: isQuiet } = room.snapshot
  const silenceLeft = until ? until - room.clock.now() : 0
  return { part: facts.part, current: room.current(), soFar: room.soFar(), results, now: performance.now() / 1000, silenceLeft, isQuiet }
}

/** @param {Card} card */
export function asks(card) {
  return card.kind === "poll" || card.kind === "quiz"
}
