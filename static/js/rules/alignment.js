// @ts-check
/** Where the scenes lie on this copy of the film: the twin of companion/rules/alignment.py (marks, speeds, doubt). */

/** @typedef {"guessed" | "tapped" | "measured"} Timing */
/** @typedef {{id: string, part?: string, start?: number, timing?: Timing, within?: number | null, quiet?: boolean, checkpoint?: boolean}} Scene */
/** @typedef {{id: string, kind: string, scene: string, offset?: number, safe_after?: string | null}} Cue */
/** @typedef {{scene_id: string, position: number, answer?: "now" | "already" | "skip"}} Mark */
/** `rate`: how many times as fast as the sheet this copy runs; `runtime`: what the host typed. */
/** @typedef {{sheet: {edition: {runtime: number}, scenes: readonly Scene[]}, marks?: readonly Mark[], rate?: number, runtime?: number | null}} Alignment */
/** @typedef {[sheetTime: number, position: number]} Point */

export const KNOWN_RATES = [1, 25 / 24, 25 / 23.976, 1.001, 1 / 1.001, 24 / 25, 23.976 / 25]
export const REACTION_SECONDS = 0.25
const MARKED_WITHIN = 2
const AFTER_THE_END = 600
const WITHIN = { guessed: 300, tapped: 5, measured: 2 }

/** @param {Alignment} alignment */
export function roomRuntime(alignment) {
  return alignment.runtime ?? alignment.sheet.edition.runtime / rateOf(alignment)
}

/** Positions stay within [0, limit]. @param {Alignment} alignment */
export function limitOf(alignment) {
  return roomRuntime(alignment) + AFTER_THE_END
}

/** No card of the film starts after this: the runtime, or what marks and measured scenes prove. @param {Alignment} alignment */
export function endOf(alignment) {
  const proven = tapped(alignment).map(([, position]) => position)
  if (filmScenes(alignment).some((scene) => scene.timing === "measured")) {
    proven.push(measured(alignment, alignment.sheet.edition.runtime))
  }
  return Math.min(limitOf(alignment), Math.max(roomRuntime(alignment), ...proven))
}

/** @param {Alignment} alignment @param {string} sceneId */
export function scenePosition(alignment, sceneId) {
  return scenePositions(alignment)[orderOf(alignment, sceneId)]
}

/** Of all scenes of the film in sheet order: never decreasing, past no later mark, not past the end. @param {Alignment} alignment */
export function scenePositions(alignment) {
  const end = endOf(alignment)
  const latest = earliestFrom(alignment, ["now"], false)
  let highest = 0
  return filmScenes(alignment).map((scene, n) => {
    highest = Math.max(highest, Math.min(end, latest[n], place(alignment, scene, scene.start ?? 0)))
    return highest
  })
}

/** Where a cue of the film lies before gates and order are asked. @param {Alignment} alignment @param {Cue} cue */
export function cuePlace(alignment, cue) {
  const scene = sceneOf(alignment, cue.scene)
  const here = scenePosition(alignment, cue.scene)
  return Math.min(endOf(alignment), Math.max(here, place(alignment, scene, (scene.start ?? 0) + (cue.offset ?? 0))))
}

/** How far the truth may lie from scenePosition; what every rule means by `within`. @param {Alignment} alignment @param {string} sceneId */
export function uncertainty(alignment, sceneId) {
  if (said(alignment, ["now"]).has(sceneId)) return MARKED_WITHIN
  const scene = sceneOf(alignment, sceneId)
  const spread = scene.within ?? WITHIN[scene.timing ?? "guessed"]
  if (scene.timing === "measured") return spread
  const starts = [0, ...tapped(alignment).map(([start]) => start)]
  return Math.min(spread, MARKED_WITHIN + Math.min(...starts.map((start) => Math.abs((scene.start ?? 0) - start))) / 2)
}

/** The position before which a cue must not appear; -Infinity when it has no gate. @param {Alignment} alignment @param {Cue} cue */
export function gate(alignment, cue) {
  const isOfFilm = filmScenes(alignment).some((scene) => scene.id === cue.safe_after)
  const waitsFor = cue.safe_after && isOfFilm ? cue.safe_after : cue.scene
  const order = orderOf(alignment, waitsFor)
  const isMeasured = [waitsFor, cue.scene].some((id) => sceneOf(alignment, id).timing === "measured")
  if (cue.kind === "warning" || order === 0 || isMeasured) return -Infinity
  const opened = earliestFrom(alignment, ["now", "already"], false)[order]
  const certain = scenePosition(alignment, waitsFor) + uncertainty(alignment, waitsFor)
  return Math.min(endOf(alignment), opened, certain)
}

/** A newer answer replaces the one about the same scene, and every one it contradicts. @param {Alignment} alignment @param {Mark} mark @returns {Alignment} */
export function withMark(alignment, mark) {
  const position = Math.min(Math.max(0, mark.position), limitOf(alignment))
  const placed = { ...mark, answer: mark.answer ?? "now", position }
  const kept = marksOf(alignment).filter((old) => old.scene_id !== mark.scene_id && !contradict(alignment, old, placed))
  return { ...alignment, marks: [...kept, placed] }
}

/** The one question for the host now: from its scene - `within` until the next one's position. @param {Alignment} alignment @param {number} position @returns {Scene | null} */
export function checkpointDue(alignment, position) {
  const asked = filmScenes(alignment).filter((scene) => scene.checkpoint)
  const passed = earliestFrom(alignment, ["now"], true)
  const due = asked.find((scene, n) => {
    const over = asked[n + 1] ? scenePosition(alignment, asked[n + 1].id) : Infinity
    const opens = scenePosition(alignment, scene.id) - uncertainty(alignment, scene.id)
    const isAnswered = marksOf(alignment).some((mark) => mark.scene_id === scene.id)
    return opens <= position && position < over && passed[orderOf(alignment, scene.id)] > position && !isAnswered
  })
  return due ?? null
}

/** @param {Alignment} alignment */
function rateOf(alignment) {
  return alignment.rate ?? 1
}

/** @param {Alignment} alignment */
function marksOf(alignment) {
  return alignment.marks ?? []
}

/** @param {Alignment} alignment */
function filmScenes(alignment) {
  const scenes = alignment.sheet.scenes.filter((scene) => (scene.part ?? "film") === "film")
  return scenes.sort((one, other) => (one.start ?? 0) - (other.start ?? 0))
}

/** @param {Alignment} alignment @param {string} sceneId */
function orderOf(alignment, sceneId) {
  return filmScenes(alignment).findIndex((scene) => scene.id === sceneId)
}

/** @param {Alignment} alignment @param {string} sceneId @returns {Scene} */
function sceneOf(alignment, sceneId) {
  const found = alignment.sheet.scenes.find((scene) => scene.id === sceneId)
  if (!found) throw new RangeError(`there is no scene ${sceneId}`)
  return found
}

/** @param {Alignment} alignment @param {string[]} answers @returns {Map<string, number>} */
function said(alignment, answers) {
  const heard = marksOf(alignment).filter((mark) => answers.includes(mark.answer ?? "now"))
  return new Map(heard.map((mark) => [mark.scene_id, mark.position]))
}

/** Every mark in sheet order. @param {Alignment} alignment @returns {Point[]} */
function tapped(alignment) {
  const marked = said(alignment, ["now"])
  return filmScenes(alignment).flatMap((scene) => {
    const position = marked.get(scene.id)
    return position === undefined ? [] : [/** @type {Point} */ ([scene.start ?? 0, position])]
  })
}

/** Per scene the earliest position at which it or a later one (`after`: a later one) was said to have happened. @param {Alignment} alignment @param {string[]} answers @param {boolean} after */
function earliestFrom(alignment, answers, after) {
  const heard = said(alignment, answers)
  let earliest = Infinity
  return filmScenes(alignment)
    .reverse()
    .map((scene) => {
      const later = earliest
      earliest = Math.min(earliest, heard.get(scene.id) ?? Infinity)
      return after ? later : earliest
    })
    .reverse()
}

/** @param {Alignment} alignment @param {Scene} scene @param {number} sheetTime */
function place(alignment, scene, sheetTime) {
  return scene.timing === "measured" ? measured(alignment, sheetTime) : guessed(alignment, sheetTime)
}

/** @param {Alignment} alignment @param {number} sheetTime */
function measured(alignment, sheetTime) {
  const marks = tapped(alignment)
  if (!marks.length) return sheetTime / rateOf(alignment)
  const [start, position] = marks.findLast(([at]) => at <= sheetTime) ?? marks[0]
  if (position >= roomRuntime(alignment) && sheetTime >= start) return position
  return Math.max(0, position + (sheetTime - start) / rateOf(alignment))
}

/** @param {Alignment} alignment @param {number} sheetTime */
function guessed(alignment, sheetTime) {
  const points = new Map([/** @type {Point} */ ([0, 0]), ...tapped(alignment)])
  const [last, position] = [...points].reduce((one, other) => (other[0] >= one[0] ? other : one))
  const { runtime } = alignment.sheet.edition
  if (position < roomRuntime(alignment) && last < runtime) points.set(runtime, roomRuntime(alignment))
  return onTheLine([...points].sort((one, other) => one[0] - other[0]), sheetTime)
}

/** @param {Point[]} points @param {number} x */
function onTheLine(points, x) {
  const after = points.findIndex(([at]) => at > x)
  if (after === 0) return points[0][1]
  if (after === -1) return points[points.length - 1][1]
  const [[x0, y0], [x1, y1]] = [points[after - 1], points[after]]
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
}

/** @param {Alignment} alignment @param {Mark} one @param {Mark} other */
function contradict(alignment, one, other) {
  const ordered = [one, other].sort((a, b) => orderOf(alignment, a.scene_id) - orderOf(alignment, b.scene_id))
  const [first, second] = ordered
  if ((first.answer ?? "now") !== "now" || second.answer === "skip") return false
  return first.position > second.position
}
