// @ts-check
import { current, soFar } from "../rules/programme.js"
import { Line } from "./line.js"
import { EVERYTHING, Merging, RENEWS_HTML } from "./merging.js"
import { Moments, MOVES_MOMENTS } from "./moments.js"
import { newOpId } from "./op_id.js"
import { Outbox } from "./outbox.js"
import { Place } from "./place.js"
import { Refused, Unsent } from "./refused.js"
import { Standing } from "./standing.js"
import { browser } from "./surroundings.js"
import { Tabs } from "./tabs.js"

export { Refused, Unsent }

/** How long a fact may be on its way before we think it lost, seconds. */
const BEHIND = 1
/** A server that was too slow to say everything is asked again after this. */
const TRY_AGAIN = 2

/**
 * @param {{code: string, role: "guest" | "host" | "screen", seat?: number, token?: string}} who
 * @param {import("./surroundings.js").Surroundings} [surroundings]
 */
export function join(who, surroundings = browser()) {
  return new Room(who, surroundings)
}

/**
 * The room on this page: one socket, one clock, what is true, and when it becomes so.
 *
 * Events: "change" with `detail.what`, a Set of "snapshot" "playback" "cards" "results" "tallies" "votes" "you" "people" "part" "queue"
 * "alignment" "connection" "clock" "outbox" "ended"; besides, every fact under its own name with the message as `detail` (e.g. "pulse"),
 * and "unkept" with {command, fields, refused} when something kept for later no longer counts.
 */
export class Room extends EventTarget {
  #surroundings
  #merging = new Merging()
  #line
  #place
  #moments
  #outbox
  /** @type {Tabs | null} */
  #tabs = null
  #isCatchingUp = false

  /** @param {Parameters<typeof join>[0]} who @param {import("./surroundings.js").Surroundings} surroundings */
  constructor(who, surroundings) {
    super()
    const { code, role, seat = 1, token } = who
    const name = `companion-${code}-${role}-${seat}`
    this.#surroundings = surroundings
    this.#line = new Line(surroundings, token ? { code, role, seat, token } : { code, role, seat }, this.#listener())
    this.#place = new Place(this.clock)
    const standing = new Standing(surroundings, `${name}-stands`)
    this.#moments = new Moments(surroundings, this.#place, this.clock, this.#merging, standing, (what) => this.#tell(what))
    this.#outbox = new Outbox(surroundings, name, this.#line.connection.ask.bind(this.#line.connection), (...all) => this.#settled(...all))
    if (role === "guest") this.#tabs = new Tabs(surroundings, name, () => this.#line.connection.close())
    this.#tabs?.claim()
    this.#line.connection.connectNow()
  }

  /** `now()` in server seconds, `bound` in seconds (Infinity until known), `isSet`. */
  get clock() {
    return this.#line.clock
  }

  /** What is true, merged; null until the first snapshot. `results` holds only those that may be shown by now. */
  get snapshot() {
    return this.#merging.snapshot
  }

  /** "connecting" | "live" | "lost" | "refused" (see `refused`) | "elsewhere" (another tab goes on; `takeBack()`). */
  get connection() {
    const { state } = this.#line.connection
    return state === "closed" ? "elsewhere" : state
  }

  /** Why the server will not have us: {code, sentence}, or null. */
  get refused() {
    return this.#line.connection.refused
  }

  /** Since when there is no connection, in seconds of performance.now; null while there is one. */
  get lostSince() {
    return this.#line.connection.lostSince
  }

  /** For how many seconds there has been no connection; "connection" is told again after 2 and 10. */
  get lostFor() {
    return this.#line.lostFor
  }

  /** Votes and reactions not sent yet: [{command, fields}]. */
  get unsent() {
    return this.#outbox.waiting
  }

  position() {
    return this.#place.position()
  }

  ownPosition() {
    return this.#moments.ownPosition
  }

  /** Cards up to here. */
  soFar() {
    return soFar(this.snapshot?.cards ?? [], this.ownPosition())
  }

  /** The card to show now. */
  current() {
    const { cards = [], results = {}, room, quiet } = this.snapshot ?? {}
    return current(cards, this.ownPosition(), results, room?.part, quiet)
  }

  /**
   * Calls back in the animation frame in which this phone's own position comes nearest to `position`, however pauses, seeks and clock
   * corrections move that. At once (next frame) when it is already past.
   * @param {number} position seconds into the film
   * @param {() => void} reached
   * @returns {() => void} cancel
   */
  whenReached(position, reached) {
    return this.#moments.whenReached(position, reached)
  }

  /**
   * @param {string} command
   * @param {Record<string, any>} [fields]
   * @param {{keep?: boolean}} [how] keep: when offline, kept and sent once on return (votes and reactions)
   * @returns {Promise<any>} the acknowledgement; rejects with Refused {code, sentence}, or Unsent (`kept` says whether it waits)
   */
  async send(command, fields = {}, { keep = false } = {}) {
    const whole = { ...fields, op_id: fields.op_id ?? newOpId() }
    try {
      const ack = await this.#line.connection.ask(command, whole)
      this.#outbox.overtaken(command, whole)
      this.#acknowledged(command, whole, ack)
      return ack
    } catch (error) {
      if (error instanceof Refused && error.ack.refused?.playback) this.#apply("playback_changed", error.ack.refused)
      if (!keep || !(error instanceof Unsent)) throw error
      this.#keep(command, whole)
      throw new Unsent(true)
    }
  }

  /** Go on in this tab after all. */
  takeBack() {
    this.#tabs?.claim()
    this.#line.connection.reopen()
  }

  close() {
    this.#tabs?.close()
    this.#outbox.stop()
    this.#moments.stop()
    this.#line.close()
  }

  /** @returns {import("./line.js").Listener} */
  #listener() {
    return {
      fact: (fact, message) => this.#hear(fact, message),
      arrived: () => void this.#outbox.send(),
      woken: () => void this.#catchUp(),
      clockMoved: () => this.#moments.retime(),
      clockSettled: () => this.#tell("clock"),
      revision: (revision) => this.#compare(revision),
      changed: () => this.#tell("connection"),
    }
  }

  /** @param {string} command @param {Record<string, any>} fields */
  #keep(command, fields) {
    this.#outbox.keep(command, fields)
    this.#tell("outbox")
  }

  /** @param {string} fact @param {any} message */
  #hear(fact, message) {
    if (fact === "snapshot") this.#take(message, true)
    else this.#apply(fact, message)
    this.dispatchEvent(new CustomEvent(fact, { detail: message }))
  }

  /** @param {any} snapshot @param {boolean} isConnecting */
  #take(snapshot, isConnecting) {
    if (this.#merging.take(snapshot, isConnecting)) this.#changed(EVERYTHING)
  }

  /** @param {string} fact @param {any} message */
  #apply(fact, message) {
    this.#changed(this.#merging.apply(fact, message))
  }

  /** @param {string[]} what */
  #changed(what) {
    if (!what.length || !this.snapshot) return
    if (what.some((one) => MOVES_MOMENTS.has(one))) {
      this.#place.set(this.snapshot.playback, this.snapshot.room?.limit)
      this.#moments.renew()
    }
    this.#tell(...what)
  }

  /** @param {string[]} what */
  #tell(...what) {
    if (this.snapshot) Object.assign(this.snapshot, { results: this.#moments.results, is_quiet: this.#moments.isQuiet })
    this.dispatchEvent(new CustomEvent("change", { detail: { what: new Set(what) } }))
  }

  /** A probe told the room's revision: if we have not heard of it soon, something was lost. @param {number} revision */
  #compare(revision) {
    if (revision > this.#merging.revision) this.#surroundings.after(BEHIND, () => this.#catchUp(revision))
  }

  /** Ask for everything, unless what was missing has come by now. @param {number} [revision] */
  async #catchUp(revision = Infinity) {
    if (this.#isCatchingUp || revision <= this.#merging.revision) return
    this.#isCatchingUp = true
    try {
      this.#take(await this.#line.snapshot(this.#merging.known), false)
    } catch (error) {
      // Where nobody is, connecting again brings a snapshot of its own.
      const isSlow = error instanceof Unsent && this.#line.connection.isLive
      if (isSlow) this.#surroundings.after(TRY_AGAIN, () => this.#catchUp(revision))
    } finally {
      this.#isCatchingUp = false
    }
  }

  /** @param {string} command @param {Record<string, any>} fields @param {any} ack */
  #acknowledged(command, fields, ack) {
    this.#changed(this.#merging.acknowledged(command, fields, ack))
    if (!RENEWS_HTML.has(command)) return
    this.#merging.forgetHtml()
    this.#catchUp()
  }

  /** @param {import("./outbox.js").Kept} kept @param {any} ack @param {Refused | null} refused */
  #settled({ command, fields }, ack, refused) {
    if (refused) this.dispatchEvent(new CustomEvent("unkept", { detail: { command, fields, refused } }))
    else this.#acknowledged(command, fields, ack)
    this.#tell("outbox")
  }
}
