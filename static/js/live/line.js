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
  /** When this connection said who it is: the snapshot it gets for that is an answer about the time as well. @type {number | null} */
  #saidHelloAt = null
  /** @type {any[]} */
  #lostTimers = []

  /** @param {Surroundings} surroundings @param {object} auth @param {Listener} listener */
  constructor(surroundings, auth, listener) {
    this.#surroundings = surroundings
    this.#listener = listener
    this.clock = new Clock(surroundings.now, surroundings.grain)
    this.connection = new Connection(surroundings, auth, {
      opened: () => this.#opened(),
      fact: (fact, message) => this.#hear(fact, message),
      unanswered: () => this.#probes.wake(),
      changed: () => this.#connectionChanged(),
    })
    this.#probes = new Probes(surroundings, (...asked) => this.connection.probe(...asked), {
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

  /**
   * Everything, asked for. Rejects like `Connection.ask`.
   * @param {string[]} known cards whose html is held
   */
  async snapshot(known) {
    const askedAt = this.#surroundings.now()
    const { snapshot } = await this.connection.ask("snapshot", { known })
    this.#noteTime(snapshot, askedAt)
    return snapshot
  }

  close() {
    this.#waking.stop()
    this.#probes.stop()
    this.connection.close()
  }

  /** @param {string} fact @param {any} message */
  #hear(fact, message) {
    this.#waking.check()
    if (fact === "snapshot") {
      this.#noteTime(message, this.#saidHelloAt)
      this.#saidHelloAt = null
    }
    this.#listener.fact(fact, message)
  }

  /** A new connection says who it is, as soon as this returns. */
  #opened() {
    this.clock.forget()
    this.#saidHelloAt = this.#surroundings.now()
  }

  /**
   * What a snapshot says of the time: it was made at `now`, between the question and this moment.
   * @param {{now: number, clock_epoch: string}} snapshot
   * @param {number | null} askedAt null when nobody asked
   */
  #noteTime({ now, clock_epoch }, askedAt) {
    this.#meetEpoch(clock_epoch)
    const isAnswer = askedAt !== null && this.clock.heard({ t1: askedAt, t2: now, t3: now, t4: this.#surroundings.now() })
    if (!isAnswer) this.clock.hint(now)
    this.#listener.clockMoved()
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
    if (this.#epoch && epoch !== this.#epoch) this.clock.forget()
    this.#epoch = epoch
  }

  #woken() {
    if (this.connection.state === "closed") return
    this.clock.flush()
    this.#listener.clockMoved()
    if (!this.connection.isLive) this.connection.connectNow()
    else if (this.connection.isSurelyDead) this.connection.renew()
    else this.#probes.wake()
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
    this.#probes.start()
    this.#listener.arrived()
  }

  #tellLostLater() {
    const tell = () => this.#listener.changed()
    this.#lostTimers = TELL_LOST_AFTER.map((seconds) => this.#surroundings.after(seconds - this.lostFor + 0.01, tell))
  }
}
