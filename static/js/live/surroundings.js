// @ts-check
/**
 * Where the browser's clock, timers, chance and events enter live/, and nowhere else: everything here is handed in once.
 *
 * @typedef {object} Surroundings
 * @property {() => number} now          seconds of a clock that nobody can step (performance.now), any origin
 * @property {number} grain              seconds between two readings the clock can tell apart
 * @property {() => number} wall         seconds of the wall clock; only ever compared with `now` to notice a sleep
 * @property {() => number} random       [0, 1)
 * @property {(seconds: number, wake: () => void) => any} after    one timer
 * @property {(timer: any) => void} forget
 * @property {(draw: () => void) => any} frame    the next animation frame
 * @property {(frame: any) => void} forgetFrame
 * @property {() => boolean} hidden
 * @property {(woken: (why: string) => void) => () => void} onWaking    tells the ways a page comes back; returns how to stop
 * @property {{getItem(key: string): string | null, setItem(key: string, text: string): void, removeItem(key: string): void}} storage
 * @property {(name: string, heard: (message: any) => void) => {say(message: any): void, close(): void}} channel    to other tabs
 * @property {string} origin             where the server is
 */

const WAYS_OF_WAKING = /** @type {const} */ ([
  ["document", "visibilitychange"],
  ["document", "resume"],
  ["window", "pageshow"],
  ["window", "online"],
])

/** @returns {Surroundings} */
export function browser() {
  const now = () => performance.now() / 1000
  return {
    now,
    grain: grainOf(now),
    wall: () => Date.now() / 1000,
    random: Math.random,
    after: (seconds, wake) => setTimeout(wake, Math.max(0, seconds * 1000)),
    forget: (timer) => clearTimeout(timer),
    frame: (draw) => requestAnimationFrame(draw),
    forgetFrame: (frame) => cancelAnimationFrame(frame),
    hidden: () => document.hidden,
    onWaking,
    storage: storageOrMemory(),
    channel,
    origin: location.origin,
  }
}

/**
 * The smallest step the clock was seen to make; browsers round it to 5 µs, 100 µs or 1 ms.
 * @param {() => number} now
 */
export function grainOf(now) {
  let smallest = 0.001
  for (let seen = 0, last = now(), readings = 0; seen < 4 && readings < 20000; readings++) {
    const next = now()
    if (next > last) {
      smallest = Math.min(smallest, next - last)
      seen++
    }
    last = next
  }
  return smallest
}

/** A page that is shown for the first time comes back from nowhere. @param {(why: string) => void} woken */
function onWaking(woken) {
  const hear = (/** @type {any} */ event) => {
    const isFirst = event.type === "pageshow" && !event.persisted
    if (!document.hidden && !isFirst) woken(event.type)
  }
  const target = (/** @type {string} */ name) => (name === "document" ? document : window)
  for (const [name, type] of WAYS_OF_WAKING) target(name).addEventListener(type, hear)
  return () => {
    for (const [name, type] of WAYS_OF_WAKING) target(name).removeEventListener(type, hear)
  }
}

function storageOrMemory() {
  try {
    const probe = "companion-probe"
    localStorage.setItem(probe, "1")
    localStorage.removeItem(probe)
    return localStorage
  } catch {
    return memory()
  }
}

/** A place to keep words when the browser keeps none (private windows, embedded pages). */
export function memory() {
  const kept = new Map()
  return {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void kept.set(key, text),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  }
}

/**
 * @param {string} name
 * @param {(message: any) => void} heard
 */
function channel(name, heard) {
  if (typeof BroadcastChannel === "undefined") return { say() {}, close() {} }
  const open = new BroadcastChannel(name)
  open.onmessage = (event) => heard(event.data)
  return { say: (/** @type {any} */ message) => open.postMessage(message), close: () => open.close() }
}
