// @ts-check
/** Where the film is, without asking a clock: the twin of companion/rules/playback.py, held to the same cases. */

/**
 * The film stood at `position` seconds at the server instant `since`; playing, it moves at `rate`.
 * @typedef {{position: number, rate: number, since: number, is_playing: boolean}} Playback
 */

export const PRESS_SECONDS = 2

/**
 * @param {Playback} playback
 * @param {number} now server seconds; an instant before `since` counts as `since`
 * @param {number} [limit] the room's runtime + 600
 */
export function positionAt(playback, now, limit = Infinity) {
  const moved = playback.is_playing ? playback.rate * Math.max(0, now - playback.since) : 0
  return within(playback.position + moved, limit)
}

/**
 * When `position` is reached, a server instant; null when never (paused, behind, past the limit).
 * @param {Playback} playback
 * @param {number} position
 * @param {number} [limit]
 * @returns {number | null}
 */
export function momentOf(playback, position, limit = Infinity) {
  if (position < playback.position || position > limit || !playback.is_playing) return null
  return playback.since + (position - playback.position) / playback.rate
}

/** @param {Playback} playback @param {number} now @param {number} [limit] @returns {Playback} */
export function play(playback, now, limit = Infinity) {
  return playback.is_playing ? playback : { ...at(playback, now, limit), is_playing: true }
}

/** @param {Playback} playback @param {number} now @param {number} [limit] @returns {Playback} */
export function pause(playback, now, limit = Infinity) {
  return playback.is_playing ? { ...at(playback, now, limit), is_playing: false, since: now } : playback
}

/** @param {Playback} playback @param {number} position @param {number} now @param {number} [limit] @returns {Playback} */
export function seek(playback, position, now, limit = Infinity) {
  if (!Number.isFinite(position)) throw new RangeError("a position is a number of seconds")
  return { ...playback, position: within(position, limit), since: from(playback, now) }
}

/** @param {Playback} playback @param {number} seconds @param {number} now @param {number} [limit] */
export function nudge(playback, seconds, now, limit = Infinity) {
  return seek(playback, positionAt(playback, now, limit) + seconds, now, limit)
}

/** @param {Playback} playback @param {number} rate @param {number} now @param {number} [limit] @returns {Playback} */
export function setRate(playback, rate, now, limit = Infinity) {
  if (!(Number.isFinite(rate) && rate > 0)) throw new RangeError("a rate is a number above 0")
  return { ...at(playback, now, limit), rate }
}

/**
 * The instant a press counts from: at most 2 s ago, and not before the last change.
 * @param {Playback} playback
 * @param {number | null | undefined} pressedAt
 * @param {number} now
 */
export function pressed(playback, pressedAt, now) {
  if (pressedAt == null || !Number.isFinite(pressedAt)) return now
  return Math.min(now, Math.max(pressedAt, now - PRESS_SECONDS, playback.since))
}

/** @param {Playback} playback @param {number} now @param {number} limit @returns {Playback} */
function at(playback, now, limit) {
  return { ...playback, position: positionAt(playback, now, limit), since: from(playback, now) }
}

/** A film that is about to start still does so then. @param {Playback} playback @param {number} now */
function from(playback, now) {
  return playback.is_playing ? Math.max(now, playback.since) : now
}

/** @param {number} position @param {number} limit */
function within(position, limit) {
  return Math.min(Math.max(0, position), limit)
}
