// @ts-check
import { io } from "../../vendor/socket.io-4.8.4.esm.min.js"
import { Refused, Unsent } from "./refused.js"

/** @typedef {import("./surroundings.js").Surroundings} Surroundings */

const FIRST_WAIT = 0.5
const WAIT_GROWTH = 1.5
const LONGEST_WAIT = 5
/** A remote is one of few, and its host stands there with a film that runs. */
const LONGEST_WAIT_OF_A_REMOTE = 1
const JITTER = 0.5
const ACK_TIMEOUT = 5
/** A knock from before the phone woke may yet be answered; one older than this was lost with the line it went by, seconds. */
const KNOCK_PATIENCE = 1
const HANDSHAKE_TIMEOUT = 5
/** From knocking to being let in, seconds: a line that dies in between would hold us for as long as a ping may take. */
const LET_IN_WITHIN = 10
/** The server pings every 25 s and waits 20 s for the answer: whom it has not heard for longer, it has put out, seconds. */
const SURELY_DEAD = 45
/** A server that lets us in and puts us out again within this has made up its mind, seconds. */
const PUT_OUT_TWICE = 10

/** Refusals at the door that no waiting will change. */
const FINAL = new Set(["removed", "not_guest", "not_host", "ended", "full", "locked", "unknown_room", "bad_field"])

/**
 * One socket to the server: WebSocket first, polling where that is blocked. Connects by itself, again and again with growing waits,
 * until `close`. Every question has a timeout; nothing is sent late behind the caller's back.
 */
export class Connection {
  /** @type {"connecting" | "live" | "lost" | "refused" | "closed"} */
  state = "connecting"
  /** @type {{code: string, sentence: string} | null} why the server will not have us */
  refused = null
  /** @type {number | null} on the phone's own clock, seconds */
  lostSince = null

  #surroundings
  #listener
  #socket
  #isRemote
  #waits = 0
  #openedAt = -Infinity
  /** While knocking: when to give up. While waiting: when to knock. @type {any} */
  #timer = null
  #putOutAt = -Infinity
  #heardAt = -Infinity // by the wall clock: the other one may not count a sleep

  /**
   * @param {Surroundings} surroundings
   * @param {{role?: string}} auth
   * @param {{opened: () => void, fact: (name: string, message: any) => void, unanswered: () => void, changed: () => void}} listener
   *   `opened`: the line is there, and we are about to say who we are; `unanswered`: a question was not answered in time
   */
  constructor(surroundings, auth, listener) {
    this.#surroundings = surroundings
    this.#listener = listener
    this.#isRemote = auth.role === "host"
    this.#socket = io(surroundings.origin, {
      auth,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      extraHeaders: { "X-Companion-Page": "1" }, // polling has no Origin to be known by
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: HANDSHAKE_TIMEOUT * 1000,
    })
    this.#socket.io.on("open", listener.opened)
    this.#socket.io.on("ping", () => this.#heard())
    this.#socket.on("connect", () => this.#arrived())
    this.#socket.on("connect_error", (/** @type {any} */ error) => this.#failed(error))
    this.#socket.on("disconnect", (/** @type {string} */ reason) => this.#left(reason))
    this.#socket.onAny((/** @type {string} */ name, /** @type {any} */ message) => listener.fact(name, message))
  }

  get isLive() {
    return this.state === "live"
  }

  /** Nobody can be at the other end any more, whatever the socket says: this phone slept too long. */
  get isSurelyDead() {
    return this.#surroundings.wall() - this.#heardAt > SURELY_DEAD
  }

  /** Connect without waiting for the next turn. */
  connectNow() {
    if (this.state === "refused" || this.state === "closed" || this.#socket.connected) return
    this.#waits = 0
    const age = this.#surroundings.now() - this.#openedAt
    if (age < KNOCK_PATIENCE) this.#then(KNOCK_PATIENCE - age, () => this.#knockAnew())
    else this.#knockAnew()
  }

  /** This socket is not to be trusted: drop it and connect anew, at once. */
  renew() {
    if (this.state === "refused" || this.state === "closed") return
    this.#waits = 0
    this.#lose()
    this.#knockAnew()
  }

  /** For good, until `reopen`. */
  close() {
    this.#surroundings.forget(this.#timer)
    this.#become("closed")
    this.#socket.disconnect()
  }

  reopen() {
    if (this.state !== "closed") return
    this.#become("connecting")
    this.#open()
  }

  /**
   * Ask for something and hear what became of it.
   * @param {string} command
   * @param {object} fields
   * @returns {Promise<any>} the acknowledgement; rejects with Refused, or Unsent when nobody answered
   */
  ask(command, fields) {
    if (!this.#socket.connected) return Promise.reject(new Unsent())
    return new Promise((resolve, reject) => {
      this.#socket.timeout(ACK_TIMEOUT * 1000).emit(command, fields, (/** @type {Error | null} */ late, /** @type {any} */ ack) => {
        if (late) this.#missed(reject)
        else if (ack?.ok) resolve(ack)
        else reject(new Refused(ack?.refused ?? { code: "unknown", sentence: "" }, ack))
      })
    })
  }

  /** @param {(why: Unsent) => void} reject */
  #missed(reject) {
    reject(new Unsent())
    if (this.isLive) this.#listener.unanswered()
  }

  /**
   * One time probe. `heard` gets the four instants, or null when no answer came in time.
   * @param {(answer: {t1: number, t2: number, t3: number, t4: number, clock_epoch: string, revision: number} | null) => void} heard
   * @param {number} within seconds
   */
  probe(heard, within) {
    const { now } = this.#surroundings
    if (!this.#socket.connected) return void heard(null)
    const t1 = now()
    this.#socket.timeout(within * 1000).emit("time", { t1 }, (/** @type {Error | null} */ late, /** @type {any} */ ack) => {
      const t4 = now()
      heard(late || !ack?.ok ? null : { ...ack, t1, t4 })
    })
  }

  /** Knocking twice on one line would end it: the server takes a second hello for a fault. */
  #knockAnew() {
    this.#socket.disconnect()
    this.#open()
  }

  #open() {
    this.#openedAt = this.#surroundings.now()
    this.#then(LET_IN_WITHIN, () => this.#giveUp())
    this.#socket.connect()
  }

  #giveUp() {
    this.#socket.disconnect()
    this.#failed(new Error("timeout"))
  }

  #arrived() {
    this.#surroundings.forget(this.#timer)
    this.#heard()
    this.#waits = 0
    this.#openedAt = -Infinity
    this.lostSince = null
    this.#become("live")
  }

  #heard() {
    this.#heardAt = this.#surroundings.wall()
  }

  /** @param {any} error */
  #failed(error) {
    if (this.state === "closed") return
    const refused = error?.data?.refused ?? error?.data
    if (refused?.code && FINAL.has(refused.code)) return this.#refuse(refused)
    if (error?.message === "timeout") this.#tryAnotherWay()
    this.#lose()
    this.#openedAt = -Infinity
    this.#retryLater()
  }

  /** Some networks answer no WebSocket and do not refuse it either: the other way comes first next time. */
  #tryAnotherWay() {
    const { opts } = /** @type {any} */ (this.#socket.io)
    opts.transports.reverse()
  }

  /** @param {string} reason */
  #left(reason) {
    if (reason === "io client disconnect") return
    this.#openedAt = -Infinity
    this.#lose()
    if (reason === "io server disconnect") this.#putOut()
    else this.#retryLater()
  }

  /** Knocking again tells why, when there is a reason: then the server refuses with a sentence. */
  #putOut() {
    const now = this.#surroundings.now()
    const before = this.#putOutAt
    this.#putOutAt = now
    if (now - before < PUT_OUT_TWICE) this.#refuse({ code: "full", sentence: "" })
    else this.#open()
  }

  /** @param {{code: string, sentence: string}} refused */
  #refuse(refused) {
    this.#surroundings.forget(this.#timer)
    this.refused = refused
    this.#become("refused")
  }

  #lose() {
    this.lostSince ??= this.#surroundings.now()
    this.#become("lost")
  }

  #retryLater() {
    const longest = this.#isRemote ? LONGEST_WAIT_OF_A_REMOTE : LONGEST_WAIT
    const wait = Math.min(longest, FIRST_WAIT * WAIT_GROWTH ** this.#waits++)
    this.#then(wait * (1 - JITTER + 2 * JITTER * this.#surroundings.random()), () => this.#open())
  }

  /** @param {number} seconds @param {() => void} what */
  #then(seconds, what) {
    this.#surroundings.forget(this.#timer)
    this.#timer = this.#surroundings.after(seconds, what)
  }

  /** @param {Connection["state"]} state */
  #become(state) {
    if (this.state === state) return
    this.state = state
    this.#listener.changed()
  }
}
