// @ts-check
/** Where notes and scenes lie on the timeline: seconds to pixels, lanes without overlap, what is under a finger, what to snap to. */

import { filmScenes, rounded, starts, timeOf } from "./studio_edits.js"
import { tenth } from "./studio_notes.js"

export const RULER = 22
export const SCENES = 24
export const LANE = 22
export const LANES = 3
export const HEIGHT = RULER + SCENES + LANE * LANES + 4
const EDGE = 7
const SNAP = 8
const WIDEST = 8
const SHORTEST_VIEW = 10

/** @typedef {{id: string, kind: string, start: number, end: number, lane: number, push: string, words: string}} Block */
/** @typedef {{id: string, start: number, end: number, quiet: boolean, words: string, checkpoint: boolean}} Strip */
/** @typedef {{blocks: Block[], strips: Strip[], until: number}} Lanes */
/** @typedef {{from: number, to: number, width: number}} View */

/** @param {Record<string, any>} sheet @param {(words: any) => string} say @returns {Lanes} */
export function laid(sheet, say) {
  const begin = starts(sheet)
  const scenes = filmScenes(sheet).sort((a, b) => (a.start || 0) - (b.start || 0))
  const blocks = sheet.cues.filter((/** @type {any} */ cue) => begin.has(cue.scene)).map((/** @type {any} */ cue) => {
    const start = timeOf(sheet, cue, begin) ?? 0
    return { id: cue.id, kind: cue.kind, start, end: rounded(start + (Number(cue.duration) || 0)), lane: 0, push: cue.kind === "warning" ? "never" : (cue.push ?? "always"), words: say(cue.title) || say(cue.text) }
  })
  blocks.sort((/** @type {Block} */ a, /** @type {Block} */ b) => a.start - b.start || a.end - b.end)
  const free = new Array(LANES).fill(-Infinity)
  for (const block of blocks) {
    const lane = free.findIndex((end) => end <= block.start)
    block.lane = lane < 0 ? free.indexOf(Math.min(...free)) : lane
    free[block.lane] = block.end
  }
  const until = Math.max(Number(sheet.edition?.runtime ?? sheet.film?.runtime) || 0, ...blocks.slice(-20).map((/** @type {Block} */ b) => b.end), ...scenes.map((s) => Number(s.start) || 0), SHORTEST_VIEW)
  const strips = scenes.map((scene, index) => ({ id: scene.id, start: Number(scene.start) || 0, end: Number(scenes[index + 1]?.start ?? until), quiet: Boolean(scene.quiet), checkpoint: Boolean(scene.checkpoint), words: say(scene.title) }))
  return { blocks, strips, until }
}

/** @param {View} view @param {number} seconds */
export function xOf(view, seconds) {
  return ((seconds - view.from) / (view.to - view.from)) * view.width
}

/** @param {View} view @param {number} x */
export function secondsAt(view, x) {
  return view.from + (x / view.width) * (view.to - view.from)
}

/** What is under a point: a note, its right edge, a scene's beginning, the ruler or nothing. @param {Lanes} lanes @param {View} view @param {number} x @param {number} y */
export function under(lanes, view, x, y) {
  if (y < RULER) return { what: "ruler" }
  if (y < RULER + SCENES) {
    const near = lanes.strips.filter((strip) => Math.abs(xOf(view, strip.start) - x) <= EDGE).at(-1)
    const inside = near ?? lanes.strips.filter((strip) => strip.start <= secondsAt(view, x)).at(-1)
    return inside ? { what: "scene", id: inside.id, canMove: Boolean(near) || xOf(view, inside.end) - xOf(view, inside.start) > 4 * EDGE } : { what: "nothing" }
  }
  const lane = Math.floor((y - RULER - SCENES) / LANE)
  for (const block of lanes.blocks.toReversed?.() ?? [...lanes.blocks].reverse()) {
    if (block.lane !== lane) continue
    const [left, right] = ends(view, block)
    if (x >= left - 2 && x <= right + 2) return { what: x > right - EDGE && right - left > 2 * EDGE ? "edge" : "note", id: block.id }
  }
  return { what: "nothing" }
}

/** Left and right of a block; never too narrow to be hit. @param {View} view @param {{start: number, end: number}} block */
export function ends(view, block) {
  const left = xOf(view, block.start)
  return [left, Math.max(left + WIDEST, xOf(view, block.end))]
}

/** The time pulled to a neighbour's edge, a scene or the film clock, when one is within eight pixels. @param {Lanes} lanes @param {View} view @param {number} seconds @param {string} but @param {number | null} clock @param {number} [length] */
export function snapped(lanes, view, seconds, but, clock, length = 0) {
  const reach = (SNAP / view.width) * (view.to - view.from)
  const edges = [...lanes.strips.filter(({ id }) => id !== but).map(({ start }) => start), ...lanes.blocks.filter(({ id }) => id !== but).flatMap(({ start, end }) => [start, end])]
  if (clock !== null) edges.push(clock)
  let best = reach
  let at = tenth(seconds)
  for (const edge of edges) {
    for (const candidate of length ? [edge, edge - length] : [edge]) {
      if (Math.abs(candidate - seconds) < best) [best, at] = [Math.abs(candidate - seconds), candidate]
    }
  }
  return rounded(Math.max(0, at))
}

/** Closer or farther about one moment; from ten seconds to the whole film. @param {View} view @param {number} factor @param {number} about @param {number} until @returns {View} */
export function zoomed(view, factor, about, until) {
  const span = Math.min(Math.max(SHORTEST_VIEW, (view.to - view.from) / factor), until * 1.02)
  const share = (about - view.from) / (view.to - view.from)
  return moved({ ...view, from: about - share * span, to: about + (1 - share) * span }, 0, until)
}

/** @param {View} view @param {number} seconds @param {number} until @returns {View} */
export function moved(view, seconds, until) {
  const span = view.to - view.from
  const from = Math.max(-span * 0.02, Math.min(view.from + seconds, until * 1.02 - span))
  return { ...view, from, to: from + span }
}
