// Numbers drawn from a seed, the same on every machine (mulberry32).

/** @param {number} seed */
export function chanceOf(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    between: (/** @type {number} */ low, /** @type {number} */ high) => low + next() * (high - low),
    whole: (/** @type {number} */ low, /** @type {number} */ high) => Math.floor(low + next() * (high - low + 1)),
    oneOf: (/** @type {readonly any[]} */ things) => things[Math.floor(next() * things.length)],
  }
}
