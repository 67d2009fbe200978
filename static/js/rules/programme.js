// @ts-check
/** What a phone shows, as a function of its own position and nothing else: the twin of companion/rules/cards.py. */

/**
 * A card as it travels. `start`, `end`, `until` are film positions; null outside the film and when a host fired it.
 * @typedef {{
 *   cue_id: string, kind: string, pushed: boolean, start: number | null, end: number | null, until?: number | null,
 *   shown_at?: number | null, shown_position?: number | null, over?: boolean, closed?: boolean, counted?: boolean
 * }} Card
 */

/** A quiet scene in film positions; null is the film's end. @typedef {[number, number | null]} Stretch */
/** Cue ids whose result is out: a list of them, or the snapshot's results by cue id. @typedef {Iterable<string> | Record<string, unknown>} Results */

/**
 * Cards as they came by, oldest first: what has no place in the film, then what the film has reached.
 * @template {Card} C
 * @param {readonly C[]} cards
 * @param {number} position
 * @returns {C[]}
 */
export function soFar(cards, position) {
  const reached = cards.filter((card) => hasCome(card, position) && card.kind !== "warning")
  return reached.sort((one, other) => cameAt(one, -1) - cameAt(other, -1))
}

/**
 * The open poll, else the latest card in its window. A card a host fired (`shown_at`, no window) stays until it is `over` or a quiet
 * scene begins after it; a later card of the film lies over it while its window lasts.
 * @template {Card} C
 * @param {readonly C[]} cards
 * @param {number} position
 * @param {Results} [results]
 * @param {string} [part] the room's
 * @param {readonly Stretch[]} [quiet]
 * @returns {C | null}
 */
export function current(cards, position, results = [], part = "film", quiet = []) {
  const fired = highest(cards.filter(isFired), (card) => card.shown_at ?? 0)
  const shown = cards.filter((card) => part === "film" && isInWindow(card, position))
  if (fired && !fired.closed && !(part === "film" && hasFaded(fired, position, quiet))) shown.unshift(fired)
  const open = shown.filter((card) => isOpenHere(card, position, results))
  return highest(open.length ? open : shown, (card) => cameAt(card, 0))
}

/**
 * May this phone still vote: until its own film reaches the poll's end, or the votes are counted.
 * @param {Card} card
 * @param {number} position
 * @param {Results} [results]
 */
export function isOpenHere(card, position, results = []) {
  if (!asks(card) || card.counted || isOut(results, card.cue_id) || !hasCome(card, position)) return false
  return card.start === null ? !card.closed : position < (card.end ?? Infinity)
}

/**
 * Content warnings in force, for whoever asked for them.
 * @template {Card} C
 * @param {readonly C[]} cards
 * @param {number} position
 * @returns {C[]}
 */
export function warningsAt(cards, position) {
  return cards.filter((card) => card.kind === "warning" && holds(card, position))
}

/**
 * Here no result, dot, buzz or pulse comes up by itself.
 * @param {readonly Stretch[]} quiet
 * @param {number} position
 */
export function isQuiet(quiet, position) {
  return quiet.some(([begins, ends]) => begins <= position && position < (ends ?? Infinity))
}

/**
 * Fired before a quiet scene that has begun since.
 * @param {Card} card
 * @param {number} position
 * @param {readonly Stretch[]} quiet
 */
export function hasFaded({ shown_position: shown }, position, quiet) {
  return shown != null && quiet.some(([begins]) => shown < begins && begins <= position)
}

/** @param {Card} card */
function asks(card) {
  return card.kind === "poll" || card.kind === "quiz"
}

/** @param {Results} results @param {string} cueId */
function isOut(results, cueId) {
  return Symbol.iterator in results ? [...results].includes(cueId) : Object.hasOwn(results, cueId)
}

/** @param {Card} card */
function isFired(card) {
  return card.start === null && card.shown_at != null && !card.over
}

/** @param {Card} card @param {number} position */
function hasCome(card, position) {
  if (card.start === null) return true
  return card.start <= position && (card.pushed || !asks(card))
}

/** @param {Card} card @param {number} position */
function isInWindow(card, position) {
  return card.kind !== "warning" && card.pushed && holds(card, position)
}

/** @param {Card} card @param {number} position */
function holds(card, position) {
  return card.start !== null && card.start <= position && position < (card.until ?? card.end ?? Infinity)
}

/** @param {Card} card @param {number} otherwise */
function cameAt(card, otherwise) {
  return card.start ?? card.shown_position ?? otherwise
}

/**
 * The first of those that rank highest.
 * @template C
 * @param {readonly C[]} cards
 * @param {(card: C) => number} rank
 * @returns {C | null}
 */
function highest(cards, rank) {
  return cards.reduce((/** @type {C | null} */ best, card) => (best === null || rank(card) > rank(best) ? card : best), null)
}
