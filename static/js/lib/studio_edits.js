// @ts-check
/**
 * Changes to a whole sheet document: shift, stretch onto another copy's times, merge scenes, duplicate.
 * Each returns a new document or throws a Sentence. Twin of companion/rules/sheet_edits.py (tests/shared/sheet_edits.json).
 */

/** @typedef {Record<string, any>} Sheet */

/** What cannot be done, for the person; translated where it is shown. */
export class Sentence extends Error {}

/** @param {any} scene @returns {string} */
export function partOf(scene) {
  return scene.part || "film"
}

/** @param {Sheet} sheet @returns {any[]} */
export function filmScenes(sheet) {
  return sheet.scenes.filter((/** @type {any} */ scene) => partOf(scene) === "film")
}

/** Seconds at which each scene of the film begins. @param {Sheet} sheet @returns {Map<string, number>} */
export function starts(sheet) {
  return new Map(filmScenes(sheet).map((scene) => [scene.id, Number(scene.start) || 0]))
}

/** Seconds into the film of the author's own copy; null before and after it. @param {Sheet} sheet @param {any} cue @param {Map<string, number>} [begin] */
export function timeOf(sheet, cue, begin = starts(sheet)) {
  const start = begin.get(cue.scene)
  return start === undefined ? null : rounded(start + (Number(cue.offset) || 0))
}

/** The scene that runs at a time. @param {Sheet} sheet @param {number} at @returns {string | null} */
export function sceneAt(sheet, at) {
  const scenes = filmScenes(sheet).sort((a, b) => (a.start || 0) - (b.start || 0))
  return scenes.filter((scene) => (scene.start || 0) <= at).at(-1)?.id ?? scenes[0]?.id ?? null
}

/** The cue moved to a time: on its scene while that one runs, else on the scene there. @param {Sheet} sheet @param {any} cue @param {number} at */
export function hang(sheet, cue, at) {
  const scene = sceneAt(sheet, at)
  if (scene === null) throw new Sentence("Add a scene of the film first.")
  return { ...cue, scene, offset: rounded(at - (starts(sheet).get(scene) ?? 0)) }
}

/** @param {Sheet} sheet @param {number} seconds */
export function shiftAll(sheet, seconds) {
  return shiftScenes(sheet, [...starts(sheet).keys()], seconds)
}

/** The scene and every later one; back only as far as the scene before. @param {Sheet} sheet @param {string} sceneId @param {number} seconds */
export function shiftOnward(sheet, sceneId, seconds) {
  const begin = starts(sheet)
  const from = begin.get(sceneId)
  if (from === undefined) throw new Sentence("This scene is not part of the film.")
  const onward = [...begin].filter(([, start]) => start >= from).map(([id]) => id)
  const floor = Math.max(0, ...[...begin.values()].filter((start) => start < from))
  return shiftScenes(sheet, onward, Math.max(seconds, floor - from))
}

/** @param {Sheet} sheet @param {string[]} sceneIds @param {number} seconds @returns {Sheet} */
export function shiftScenes(sheet, sceneIds, seconds) {
  const chosen = new Set(sceneIds)
  const moved = (/** @type {any} */ scene) =>
    chosen.has(scene.id) && partOf(scene) === "film" ? { ...scene, start: rounded(Math.max(0, (Number(scene.start) || 0) + seconds)) } : scene
  return { ...sheet, scenes: sheet.scenes.map(moved) }
}

/** Only these notes; one that leaves its scene hangs on the one it arrives in. @param {Sheet} sheet @param {string[]} cueIds @param {number} seconds */
export function shiftCues(sheet, cueIds, seconds) {
  const chosen = new Set(cueIds)
  const begin = starts(sheet)
  const moved = (/** @type {any} */ cue) => {
    const at = chosen.has(cue.id) ? timeOf(sheet, cue, begin) : null
    return at === null ? cue : hang(sheet, cue, Math.max(0, at + seconds))
  }
  return { ...sheet, cues: sheet.cues.map(moved) }
}

/** Lay the times over another copy: [here, there] pairs, two or more. @param {Sheet} sheet @param {[number, number][]} pairs */
export function resync(sheet, pairs) {
  const there = mapOf(pairs)
  const begin = starts(sheet)
  const moved = new Map([...begin].map(([id, start]) => [id, rounded(Math.max(0, there(start)))]))
  const scenes = sheet.scenes.map((/** @type {any} */ scene) => (moved.has(scene.id) ? { ...scene, start: moved.get(scene.id) } : scene))
  const cues = sheet.cues.map((/** @type {any} */ cue) => {
    const start = begin.get(cue.scene)
    if (start === undefined || !cue.offset) return cue
    return { ...cue, offset: rounded(there(start + Number(cue.offset)) - there(start)) }
  })
  return { ...sheet, scenes, cues }
}

/** The second scene's notes hang on the first, at the same times. @param {Sheet} sheet @param {string} first @param {string} second */
export function mergeScenes(sheet, first, second) {
  const byId = new Map(sheet.scenes.map((/** @type {any} */ scene) => [scene.id, scene]))
  if (first === second || !byId.has(first) || !byId.has(second)) throw new Sentence("Choose two different scenes.")
  if (partOf(byId.get(first)) !== partOf(byId.get(second))) throw new Sentence("Scenes before, in and after the film cannot be merged with each other.")
  const begin = starts(sheet)
  const later = (begin.get(second) ?? 0) - (begin.get(first) ?? 0)
  if (later < 0) throw new Sentence("Choose the earlier scene first.")
  const cues = sheet.cues.map((/** @type {any} */ cue) => rehung(cue, first, second, later))
  const scenes = sheet.scenes.map((/** @type {any} */ scene) => (scene.id === first ? joined(scene, byId.get(second)) : scene)).filter((/** @type {any} */ scene) => scene.id !== second)
  const merged = /** @type {Sheet} */ ({ ...sheet, scenes, cues })
  if (sheet.other_editions?.length) merged.other_editions = sheet.other_editions.map((/** @type {any} */ edition) => without(edition, second))
  return merged
}

/** A copy right after each of these notes, with a new id. @param {Sheet} sheet @param {string[]} cueIds */
export function duplicate(sheet, cueIds) {
  const taken = new Set(sheet.cues.map((/** @type {any} */ cue) => cue.id))
  const cues = sheet.cues.flatMap((/** @type {any} */ cue) => {
    if (!cueIds.includes(cue.id)) return [cue]
    const id = freeId(cue.id, taken)
    taken.add(id)
    return [cue, { ...cue, id }]
  })
  return { ...sheet, cues }
}

/** "name-2", "name-3": the first that is free. @param {string} wanted @param {Set<string>} taken */
export function freeId(wanted, taken) {
  const [, stem, number] = /^(.*)-(\d*)$/.exec(wanted) ?? [null, "", ""]
  const base = stem && number ? stem : wanted
  let count = 2
  while (taken.has(`${base}-${count}`)) count += 1
  return `${base}-${count}`
}

/** To a millisecond, half away from zero. @param {number} seconds */
export function rounded(seconds) {
  const whole = Math.trunc(Math.abs(seconds) * 1000 + 0.5)
  return (seconds >= 0 ? whole : whole ? -whole : 0) / 1000
}

/** @param {[number, number][]} pairs @returns {(at: number) => number} */
function mapOf(pairs) {
  const points = [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const rising = points.every((point, i) => !i || (points[i - 1][0] < point[0] && points[i - 1][1] < point[1]))
  if (points.length < 2 || !rising) throw new Sentence("Give two moments or more, each later than the one before in both copies.")
  return (at) => {
    let after = points.findIndex((point, i) => i >= 1 && i < points.length - 1 && at < point[0])
    if (after < 0) after = points.length - 1
    const [[a, b], [c, d]] = [points[after - 1], points[after]]
    return b + ((at - a) * (d - b)) / (c - a)
  }
}

/** @param {any} cue @param {string} first @param {string} second @param {number} later */
function rehung(cue, first, second, later) {
  const named = cue.safe_after === second ? { ...cue, safe_after: first } : cue
  if (named.scene !== second) return named
  const offset = rounded((Number(named.offset) || 0) + later)
  return { ...named, scene: first, ...(offset || "offset" in named ? { offset } : {}) }
}

/** Caution wins: quiet if either was, and the wider uncertainty. @param {any} first @param {any} second */
function joined(first, second) {
  const scene = { ...first, ...(second.quiet ? { quiet: true } : {}) }
  if (second.within != null && first.within != null) scene.within = Math.max(first.within, second.within)
  return scene
}

/** @param {any} edition @param {string} sceneId */
function without(edition, sceneId) {
  if (!edition.starts) return edition
  const { [sceneId]: _gone, ...starts_ } = edition.starts
  return { ...edition, starts: starts_ }
}
