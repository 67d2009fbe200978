/**
 * A server on the other end of the line, in the small world of world.js: it speaks Engine.IO and Socket.IO as far as a phone needs,
 * and can hang, refuse, and be killed. Whatever the vendored library waits for, it waits for in that world's time.
 * Import it before anything that imports the library, which takes hold of these globals once.
 */

/** @type {Server} */
let server

globalThis.setTimeout = (wake, ms = 0) => server.world.at(server.world.time + ms / 1000, wake)
globalThis.clearTimeout = (timer) => timer && server.world.cancel(timer)
globalThis.WebSocket = class {
  constructor() {
    server.met(this)
  }

  send(text) {
    server.later(() => server.heard(this, text))
  }

  close() {
    server.sockets.delete(this)
  }
}

/** One question by polling; what the server says between two of them waits for the next. */
globalThis.XMLHttpRequest = class {
  withCredentials = false
  readyState = 0
  status = 0

  open(method, address) {
    Object.assign(this, { method, line: new URL(address).searchParams.get("sid") })
  }

  setRequestHeader() {}

  abort() {}

  send(text) {
    server.later(() => server.polled(this, text))
  }

  answer(status, text) {
    server.later(() => {
      Object.assign(this, { readyState: 4, status, responseText: text })
      this.onreadystatechange()
    })
  }
}

export class Server {
  /** Seconds one way. */
  way = 0.01
  /** "up", "down" (refuses at once) or "hung" (takes everything and says nothing). */
  is = "up"
  epoch = "first"
  revision = 1
  probes = 0
  knocks = 0
  heardCommands = []
  sockets = new Set()
  /** Why nobody is let in now: {code, sentence}, or null. */
  refuses = null
  /** Whether WebSockets get through, or a network in between swallows them. */
  takesSockets = true
  /** What was said by polling: to nobody yet, or by whoever waits. */
  #unsaid = []
  #waiting = null
  /** What commands other than `time` and `snapshot` are answered with; undefined: not at all. */
  answers = () => ({ ok: true })

  constructor(world) {
    this.world = world
    server = this
  }

  later(happen) {
    return this.world.at(this.world.time + this.way, happen)
  }

  met(socket) {
    this.knocks++
    this.sockets.add(socket)
    if (this.is === "down") return this.later(() => (socket.onerror(new Error("refused")), socket.onclose({ code: 1006 })))
    this.later(() => {
      if (this.is !== "up" || !this.takesSockets) return
      socket.onopen()
      this.say(socket, `0${JSON.stringify({ sid: "e", upgrades: [], pingInterval: 25000, pingTimeout: 20000, maxPayload: 16384 })}`)
    })
  }

  polled(asked, text) {
    if (this.is === "down") return asked.answer(0, "")
    if (this.is === "hung") return
    if (!asked.line) return asked.answer(200, `0${JSON.stringify({ sid: "p", upgrades: [], pingInterval: 25000, pingTimeout: 20000, maxPayload: 16384 })}`)
    const line = this.#line
    this.sockets.add(line)
    if (asked.method === "GET") this.#waiting = asked
    else {
      asked.answer(200, "ok")
      for (const each of text.split("\x1e")) this.heard(line, each)
    }
    this.#say()
  }

  #line = { onmessage: ({ data }) => void (this.#unsaid.push(data), this.#say()) }

  #say() {
    if (!this.#waiting || !this.#unsaid.length) return
    this.#waiting.answer(200, this.#unsaid.splice(0).join("\x1e"))
    this.#waiting = null
  }

  say(socket, text) {
    if (this.is === "up") this.later(() => this.sockets.has(socket) && socket.onmessage({ data: text }))
  }

  tell(fact, message) {
    for (const socket of this.sockets) this.say(socket, `42${JSON.stringify([fact, message])}`)
  }

  heard(socket, text) {
    if (this.is !== "up" || !this.sockets.has(socket)) return
    if (text.startsWith("40") && this.refuses) {
      this.say(socket, `44${JSON.stringify({ message: this.refuses.sentence, data: this.refuses })}`)
    } else if (text.startsWith("40")) {
      this.say(socket, `42${JSON.stringify(["snapshot", this.snapshot()])}`)
      this.say(socket, '40{"sid":"s"}')
      this.ping(socket)
    } else if (text.startsWith("42")) this.answer(socket, ...(/^42(\d+)(.*)$/s.exec(text) ?? []).slice(1))
  }

  ping(socket) {
    this.world.at(this.world.time + 25, () => {
      if (!this.sockets.has(socket)) return
      this.say(socket, "2")
      this.ping(socket)
    })
  }

  answer(socket, number, asked) {
    const [command, fields] = JSON.parse(asked)
    this.heardCommands.push({ command, ...fields })
    if (command === "time") this.probes++
    const { world, epoch, revision } = this
    const known = {
      time: () => ({ ok: true, t1: fields.t1, t2: world.server, t3: world.server, clock_epoch: epoch, revision }),
      snapshot: () => ({ ok: true, snapshot: this.snapshot() }),
    }
    const ack = (known[command] ?? (() => this.answers(command, fields)))()
    if (ack) this.say(socket, `43${number}${JSON.stringify([ack])}`)
  }

  snapshot() {
    const playback = { position: 0, rate: 1, since: 1.8e9, is_playing: true }
    return {
      now: this.world.server, clock_epoch: this.epoch, revision: this.revision, playback, playback_revision: 1,
      room: { part: "film", limit: 20_000 }, you: { delay: 0 }, cards: [], votes: {}, results: {}, people: {},
    }
  }

  /** Gone without a goodbye; what it had open is closed. */
  kill() {
    this.is = "down"
    for (const socket of this.sockets) this.later(() => socket.onclose?.({ code: 1006 }))
    this.sockets.clear()
  }

  begin() {
    this.is = "up"
    this.epoch = `after ${this.world.time}`
  }
}
