// @ts-check
import { Clock } from "./clock.js"
import { Connection } from "./connection.js"
import { Probes } from "./probes.js"
import { Waking } from "./waking.js"

/** @typedef {import("./surroundings.js").Surroundings} Surroundings */

/** A dot after the first, a sentence after the second, seconds. */
const TELL_LOST_AFTER = [2, 10]

/**
 * @typedef {object} Listener
 * @property {(fact: string, message: any) => void} fact
 * @property {() => void} arrived       connected (again)
 * @property {() => void} woken         this phone was away; the connection is being looked after
 * @property {() => void} clockMoved
 * @property {() => void} clockSettled  a burst is over
 * @property {(revision: number) => void} revision  the room's, as of now
 * @property {() => void} changed       connected, lost, lost for long
 */

/**
 * This phone's line to the server: the socket, the time that comes over it, and how both are mended whenever the phone comes back.
 */
export class Line {
  clock
  connection
  #surroundings
  #listener
  #probes
  #waking
  #epoch = ""
  /** @type {any[]} */
  #lostTimers = []

  /** @param {Surroundings} surroundings @param {object} auth @param {Listener} listener */
  constructor(surroundings, auth, listener) {
    this.#surroundings = surroundings
    this.#listener = listener
    this.clock = new Clock(surroundings.now, surroundings.grain)
    this.connection = new Connection(surroundings, auth, {
      fact: (fact, message) => this.#hear(fact, message),
      changed: () => this.#connectionChanged(),
    })
    this.#probes = new Probes(surroundings, (heard) => this.connection.probe(heard), {
      answer: (answer) => this.#timeHeard(answer),
      burstOver: () => this.#burstOver(),
      silent: () => this.connection.renew(),
    })
    this.#waking = new Waking(surroundings, () => this.#woken())
  }

  /** For how many seconds there has been no connection. */
  get lostFor() {
    const { lostSince } = this.connection
    return lostSince === null ? 0 : this.#surroundings.now() - lostSince
  }

  /** What a snapshot says of the time. @param {{now: number, clock_epoch: string}} snapshot */
  noteTime({ now, clock_epoch }) {
    this.#meetEpoch(clock_epoch)
    this.clock.hint(now)
  }

  close() {
    this.#waking.stop()
    this.#probes.stop()
    this.connection.close()
  }

  /** @param {string} fact @param {any} message */
  #hear(fact, message) {
    this.#waking.check()
    this.#listener.fact(fact, message)
  }

  /** @param {import("./probes.js").TimeAnswer} answer */
  #timeHeard(answer) {
    this.#waking.check()
    this.#meetEpoch(answer.clock_epoch)
    if (this.clock.heard(answer)) this.#listener.clockMoved()
    this.#listener.revision(answer.revision)
  }

  #burstOver() {
    this.clock.endBurst()
    this.#listener.clockSettled()
  }

  /** The server's process began anew: what was heard from the one before is worth nothing. @param {string} epoch */
  #meetEpoch(epoch) {
    if (this.#epoch && epoch !== this.#epoch) this.clock.flush()
    this.#epoch = epoch
  }

  #woken() {
    if (this.connection.state === "closed") return
    this.clock.flush()
    this.#listener.clockMoved()
    if (this.connection.isLive) this.#probes.wake()
    else this.connection.connectNow()
    this.#listener.woken()
  }

  #connectionChanged() {
    for (const timer of this.#lostTimers.splice(0)) this.#surroundings.forget(timer)
    if (this.connection.isLive) this.#arrived()
    else this.#probes.stop()
    if (this.connection.state === "lost") this.#tellLostLater()
    this.#listener.changed()
  }

  #arrived() {
    this.clock.flush()
    this.#probes.start()
    this.#listener.arrived()
  }

  #tellLostLater() {
    const tell = () => this.#listener.changed()
    this.#lostTimers = TELL_LOST_AFTER.map((seconds) => this.#surroundings.after(seconds - this.lostFor + 0.01, tell))
  }
}
