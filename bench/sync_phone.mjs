// Scripted phones: the very modules that pages load, on wrong clocks, over whatever network this process was put in.
// node --experimental-websocket bench/sync_phone.mjs <phones.json>; commands and answers are JSON lines.
import { readFileSync } from "node:fs"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { createInterface } from "node:readline"
import { positionAt } from "../static/js/rules/playback.js"
import { join } from "../static/js/live/room.js"
import { memory } from "../static/js/live/surroundings.js"

const SETTLING = 4
/** A look that took longer was interrupted, and would blame the clock for it. */
const LOOK = 0.0002
const FACTS = ["snapshot", "playback_changed", "part_changed", "room_changed", "cards_released", "cards_taken_away", "poll_opened",
  "poll_closed", "result_shown", "tally_changed", "pulse", "people_changed", "room_ended", "server_draining"]

const mono = () => Number(process.hrtime.bigint()) / 1e9
const told = JSON.parse(readFileSync(process.argv[2], "utf8"))
const truth = () => told.anchor + mono()
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)

class Phone {
  slept = 0
  heard = {}
  playbacks = []
  connections = []
  answers = 0
  /** Of one question: the vote last acknowledged, those sent since, how many were acknowledged, and how many a snapshot did not know. */
  ballot = { kept: null, unsure: new Set(), acknowledged: 0, lost: 0 }
  #naive = []
  #wakes = new Set()

  constructor(made) {
    Object.assign(this, made)
    this.random = randomFrom(made.seed)
    this.joinedAt = mono()
    this.room = join({ code: made.code, role: "guest", token: made.token }, this.surroundings())
    this.listen()
  }

  /** An affine clock, entering once, as a browser's does. */
  local = () => this.offset + (1 + this.ppm * 1e-6) * (mono() - this.slept)

  surroundings() {
    const pace = 1 / (1 + this.ppm * 1e-6)
    return {
      now: this.local,
      grain: 1e-6,
      wall: () => truth() + 3600,
      random: this.random,
      after: (seconds, wake) => setTimeout(wake, Math.max(0, seconds * 1000 * pace)),
      forget: clearTimeout,
      frame: (draw) => setTimeout(draw, 1000 / 60),
      forgetFrame: clearTimeout,
      hidden: () => false,
      onWaking: (woken) => {
        this.#wakes.add(woken)
        return () => this.#wakes.delete(woken)
      },
      storage: memory(),
      channel: () => ({ say() {}, close() {} }),
      origin: this.origin,
    }
  }

  /** What is only watched, from outside. */
  listen() {
    const { clock } = this.room
    const hear = clock.heard.bind(clock)
    clock.heard = (answer) => {
      this.answers++
      this.#naive = [...this.#naive, (answer.t2 - answer.t1 + answer.t3 - answer.t4) / 2].slice(-5)
      return hear(answer)
    }
    for (const fact of FACTS) this.room.addEventListener(fact, () => (this.heard[fact] = (this.heard[fact] ?? 0) + 1))
    this.room.addEventListener("change", ({ detail: { what } }) => {
      if (what.has("playback")) this.playbacks.push([mono(), this.room.snapshot.playback.is_playing, this.room.position()])
      if (what.has("connection")) this.connections.push([mono(), this.room.connection])
    })
  }

  /** [monotonic time, error, bound, error of the last answer alone, of the mean of five, of the film's position] */
  sample() {
    for (let attempt = 0; ; attempt++) {
      const before = mono()
      const found = this.look(told.anchor + before)
      if (mono() - before < LOOK || attempt > 20) return [before, ...found].map((n) => (Number.isFinite(n) ? n : null))
    }
  }

  look(now) {
    const { room } = this
    const shown = room.clock.now() - now
    const naive = (offset) => this.local() + offset - now
    const mean = this.#naive.reduce((sum, one) => sum + one, 0) / this.#naive.length
    const { playback, room: facts } = room.snapshot ?? {}
    const place = playback ? room.position() - positionAt(playback, now, facts.limit) : NaN
    return [shown, room.clock.bound, naive(this.#naive.at(-1)), naive(mean), place]
  }

  /** Changes its mind about one question again and again, whatever becomes of the server meanwhile. */
  async vote(cue_id, until) {
    const { ballot, room } = this
    room.addEventListener("snapshot", ({ detail: { votes } }) => {
      const stored = votes[cue_id] ?? null
      if (stored !== ballot.kept && !ballot.unsure.has(stored)) ballot.lost++
    })
    for (let n = 0; mono() < until; n++) {
      await rest(1 + this.random())
      const option_id = `o${1 + (n % 6)}`
      ballot.unsure.add(option_id)
      await room.send("vote", { cue_id, option_id }, { keep: true }).then(() => this.#acknowledged(option_id), () => {})
    }
  }

  #acknowledged(option_id) {
    this.ballot.acknowledged++
    this.ballot.kept = option_id
    this.ballot.unsure.clear()
  }

  /** The phone slept and its clock did not count it. */
  wake(seconds) {
    this.slept += seconds
    for (const woken of [...this.#wakes]) woken("visibilitychange")
  }
}

const phones = []
/** Phones here share a machine; when it keeps them waiting, what they measure is the machine. */
const waits = monitorEventLoopDelay({ resolution: 1 })
waits.enable()

const commands = {
  /** Everyone comes in, a little apart, and is watched closely until settled. */
  async join() {
    const settling = []
    for (const made of told.phones) {
      const phone = new Phone(made)
      phones.push(phone)
      settling.push(watch(phone, SETTLING, 0.02).then((samples) => [phone.name, phone.joinedAt, samples]))
      await rest(told.apart)
    }
    return { settling: await Promise.all(settling) }
  },

  async sample({ seconds, every }) {
    for (const phone of phones) Object.assign(phone, { answers: 0, heard: {} })
    waits.reset()
    const found = await Promise.all(phones.map((phone) => watch(phone, seconds, every)))
    return { waited: waits.percentile(99) / 1e9, samples: phones.map((phone, i) => [phone.name, found[i]]), counts: phones.map((p) => [p.name, p.answers, p.heard]) }
  },

  async wake({ slept }) {
    const settling = phones.map(async (phone, i) => {
      await rest(i * told.apart)
      const at = mono()
      phone.wake(slept)
      return [phone.name, at, await watch(phone, SETTLING, 0.02)]
    })
    return { settling: await Promise.all(settling) }
  },

  /** What each phone was told of the film, and of its own connection, since the last time. */
  async told() {
    const playbacks = phones.map((phone) => [phone.name, phone.playbacks.splice(0), phone.room.position()])
    return { playbacks, connections: phones.map((phone) => [phone.name, phone.connections.splice(0)]) }
  },

  /** A busy room: everyone reacts each second, and asks for everything now and then. */
  async load() {
    for (const made of told.phones) phones.push(new Phone(made))
    await rest(3)
    const press = (phone) => {
      const counts = { [phone.room.snapshot.room.reactions[0].emoji]: 1 + Math.floor(phone.random() * 3) }
      phone.room.send("react", { counts, position: phone.room.position() }).catch(() => {})
    }
    for (const phone of phones) setTimeout(() => setInterval(press, 1050, phone), phone.random() * 1000)
    return {}
  },

  /** Everyone votes for so long, then sends what waits; how far the film's place was off meanwhile, at most, on each phone. */
  async vote({ cue_id, seconds }) {
    const until = mono() + seconds
    const watched = phones.map((phone) => watch(phone, seconds, 0.25))
    await Promise.all(phones.map((phone) => phone.vote(cue_id, until)))
    const off = (await Promise.all(watched)).map((samples) => Math.max(...samples.map((sample) => Math.abs(sample[5] ?? 0))))
    while (phones.some(({ room }) => room.unsent.length || room.connection !== "live")) await rest(0.1)
    await rest(1)
    return { votes: phones.map(({ name, ballot, room }, i) => [name, ballot.acknowledged, ballot.lost, room.snapshot.votes[cue_id] ?? null, off[i]]) }
  },

  async leave() {
    for (const phone of phones) phone.room.close()
    setTimeout(() => process.exit(0), 300)
    return {}
  },
}

async function watch(phone, seconds, every) {
  const samples = []
  for (const end = mono() + seconds; mono() < end; await rest(every * (0.5 + phone.random()))) samples.push(phone.sample())
  return samples
}

function rest(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}

function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

createInterface({ input: process.stdin })
  .on("line", async (line) => {
    const { ask, ...how } = JSON.parse(line)
    say(await commands[ask](how))
  })
  .on("close", () => process.exit(0))
