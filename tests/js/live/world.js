/** A small world with a true time of its own, in which phones have wrong clocks and links take as long as they take. */
import { memory } from "../../../static/js/live/surroundings.js"

export const SERVER_EPOCH = 1.8e9

export class World {
  /** True seconds since the world began. */
  time = 0
  #events = []
  #order = 0

  constructor(seed = 1) {
    this.random = randomFrom(seed)
  }

  /** What the server's clock says. */
  get server() {
    return SERVER_EPOCH + this.time
  }

  at(time, happen) {
    const event = { time: Math.max(time, this.time), order: this.#order++, happen }
    let i = this.#events.length
    while (i > 0 && later(this.#events[i - 1], event)) i--
    this.#events.splice(i, 0, event)
    return event
  }

  cancel(event) {
    const i = this.#events.indexOf(event)
    if (i >= 0) this.#events.splice(i, 1)
  }

  get pending() {
    return this.#events.length
  }

  /** Let everything happen that is due within these seconds. */
  pass(seconds) {
    const end = this.time + seconds
    while (this.#events.length && this.#events[0].time <= end) {
      const event = this.#events.shift()
      this.time = event.time
      event.happen()
    }
    this.time = end
  }

  /** A machine is suspended: time goes by and nothing happens. `phone`'s clock does not count it. */
  sleep(seconds, phone) {
    this.time += seconds
    for (const event of this.#events) event.time += seconds
    if (phone) phone.slept += seconds
  }

  /** As `pass`, but promises get their turn after every event. */
  async passing(seconds) {
    const end = this.time + seconds
    for (;;) {
      for (let turn = 0; turn < 12; turn++) await null
      if (!this.#events.length || this.#events[0].time > end) break
      const event = this.#events.shift()
      this.time = event.time
      event.happen()
    }
    this.time = end
  }
}

function later(a, b) {
  return a.time > b.time || (a.time === b.time && a.order > b.order)
}

/** A phone: its clock is off by `offset` and gains `ppm`; its wall clock can be stepped; its page hidden, frozen and woken. */
export class Phone {
  frames = 0
  timers = 0
  hiddenNow = false
  wallStep = 0
  slept = 0
  storage = memory()
  #wake = new Set()

  constructor(world, { offset = 0, ppm = 0, frame = 1 / 60, grain = 1e-6, channels = new Map() } = {}) {
    Object.assign(this, { world, offset, ppm, frame, grain, channels })
  }

  get local() {
    return this.offset + (1 + this.ppm * 1e-6) * (this.world.time - this.slept)
  }

  wake(why = "visibilitychange") {
    for (const woken of [...this.#wake]) woken(why)
  }

  get surroundings() {
    const { world } = this
    return {
      now: () => this.local,
      grain: this.grain,
      wall: () => SERVER_EPOCH + world.time + this.wallStep,
      random: world.random,
      after: (seconds, wake) => {
        this.timers++
        return world.at(world.time + Math.max(0, seconds) / (1 + this.ppm * 1e-6), wake)
      },
      forget: (timer) => timer && world.cancel(timer),
      frame: (draw) => {
        this.frames++
        return world.at((Math.floor(world.time / this.frame + 1e-6) + 1) * this.frame, draw)
      },
      forgetFrame: (frame) => world.cancel(frame),
      hidden: () => this.hiddenNow,
      onWaking: (woken) => {
        this.#wake.add(woken)
        return () => this.#wake.delete(woken)
      },
      storage: this.storage,
      channel: (name, heard) => this.#channel(name, heard),
      origin: "http://127.0.0.1:9",
    }
  }

  #channel(name, heard) {
    const others = this.channels.get(name) ?? new Set()
    this.channels.set(name, others.add(heard))
    return {
      say: (message) => [...others].filter((other) => other !== heard).forEach((other) => other(message)),
      close: () => others.delete(heard),
    }
  }
}

/** One way there and one way back, in seconds; `lost` is a share of questions that come back only after a retransmit. */
export function link(world, { out, back, outJitter = 0, backJitter = 0, lost = 0 }) {
  const late = (mean) => (mean ? -Math.log(1 - world.random()) * mean : 0) + (world.random() < lost ? 0.2 : 0)
  return {
    /** `ask` as Probes wants it, for a phone and its clock. */
    probe: (phone, epoch = () => "first", revision = () => 0) => (heard) => {
      const t1 = phone.local
      world.at(world.time + out + late(outJitter), () => {
        const t2 = world.server
        world.at(world.time + 0.0002 + back + late(backJitter), () => {
          heard({ t1, t2, t3: t2 + 0.0002, t4: phone.local, clock_epoch: epoch(), revision: revision() })
        })
      })
    },
  }
}

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
