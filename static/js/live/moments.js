// @ts-check
import { isQuiet } from "../rules/programme.js"
import { Reveals } from "./reveal.js"

/** What moves the moments at which something appears. */
export const MOVES_MOMENTS = new Set(["snapshot", "playback", "cards", "results", "you"])

/**
 * The moments that matter on this phone: where its own position meets a card's start or end, when a result may be shown, and whatever
 * a page waits for. Each is told in the animation frame nearest to it.
 */
export class Moments {
  #reveals
  #place
  #clock
  #merging
  #standing
  #tell
  /** Own position up to which starts and ends of cards have been told. */
  #told = -Infinity
  /** @type {(() => void)[]} */
  #ours = []

  /**
   * @param {import("./surroundings.js").Surroundings} surroundings
   * @param {import("./place.js").Place} place
   * @param {import("./clock.js").Clock} clock
   * @param {import("./merging.js").Merging} merging
   * @param {import("./standing.js").Standing} standing
   * @param {(what: string) => void} tell
   */
  constructor(surroundings, place, clock, merging, standing, tell) {
    this.#standing = standing
    this.#reveals = new Reveals(surroundings)
    this.#place = place
    this.#clock = clock
    this.#merging = merging
    this.#tell = tell
  }

  get delay() {
    return this.#merging.snapshot?.you?.delay ?? 0
  }

  get ownPosition() {
    return this.#standing.at ?? this.#place.position() - this.delay
  }

  /**
   * @param {number} position on this phone's own clock
   * @param {() => void} reached
   */
  whenReached(position, reached) {
    return this.#reveals.when(() => this.#until(position), () => {
      this.#place.reach(position + this.delay)
      reached()
    })
  }

  /** This guest's own film is in a quiet scene. */
  get isQuiet() {
    const { room, quiet = [] } = this.#merging.snapshot ?? {}
    return room?.part === "film" && isQuiet(quiet, this.ownPosition)
  }

  /** Results whose moment has come, by cue. */
  get results() {
    const all = Object.entries(this.#merging.results)
    return Object.fromEntries(all.filter(([, result]) => this.#untilShown(result) <= 0))
  }

  /** Cards, results, playback or the delay changed: wait for what comes next now. */
  renew() {
    for (const cancel of this.#ours.splice(0)) cancel()
    this.#standing.update(Boolean(this.#merging.snapshot?.you?.in_ad), this.#place.position() - this.delay)
    this.#told = this.ownPosition
    this.#waitForNextCard()
    for (const result of Object.values(this.#merging.results)) this.#waitForResult(result)
    this.retime()
  }

  retime() {
    this.#reveals.retime()
  }

  stop() {
    this.#reveals.stop()
  }

  #waitForNextCard() {
    const { cards = [], quiet = [] } = this.#merging.snapshot ?? {}
    const next = nextEdge(cards, quiet, this.#told)
    if (next === Infinity) return
    this.#ours.push(this.whenReached(next, () => {
      this.#told = next
      this.#tell("cards")
      this.#waitForNextCard()
    }))
  }

  /** @param {any} result */
  #waitForResult(result) {
    if (this.#untilShown(result) <= 0) return
    this.#ours.push(this.#reveals.when(() => this.#untilShown(result), () => {
      if (result.at_position != null) this.#place.reach(result.at_position + this.delay)
      this.#tell("results")
    }))
  }

  /** @param {number} position */
  #until(position) {
    if (this.#standing.at !== null) return position <= this.#standing.at ? 0 : Infinity
    return this.#place.until(position + this.delay)
  }

  /** @param {{shown_at?: number, at_position?: number | null}} result */
  #untilShown({ shown_at, at_position }) {
    const byTime = shown_at ? shown_at - this.#clock.now() : 0
    const byPlace = at_position == null ? 0 : this.#until(at_position)
    return Math.max(byTime, byPlace)
  }
}

/**
 * @param {{start: number | null, end: number | null, until?: number | null}[]} cards
 * @param {[number, number | null][]} quiet
 * @param {number} after
 */
function nextEdge(cards, quiet, after) {
  const edges = [...cards.flatMap(({ start, end, until }) => [start, end, until]), ...quiet.flat()].map((edge) => edge ?? Infinity)
  return Math.min(Infinity, ...edges.filter((edge) => edge > after))
}
