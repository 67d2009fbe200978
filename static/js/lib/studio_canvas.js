// @ts-check
/** Drawing the timeline: only what is in view, in the colours of the page. */

import { clock } from "./durations.js"
import { exact } from "./studio_notes.js"
import { ends, HEIGHT, LANE, RULER, SCENES, xOf } from "./studio_lanes.js"

const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800]
const NAMES = { ground: "--ground-scroll", line: "--line", outline: "--outline", text: "--text", quiet: "--text-quiet", accent: "--accent", low: "--accent-low", card: "--card-raised", coal: "--accent-ground" }

/** @typedef {Record<keyof typeof NAMES, string>} Colours */

/** @param {Element} element @returns {Colours} */
export function coloursOf(element) {
  const style = getComputedStyle(element)
  return /** @type {Colours} */ (Object.fromEntries(Object.entries(NAMES).map(([name, token]) => [name, style.getPropertyValue(token).trim()])))
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./studio_lanes.js").Lanes} lanes @param {import("./studio_lanes.js").View} view
 * @param {{colours: Colours, chosen: string, ghost: any, clock: number | null}} how
 */
export function draw(pen, lanes, view, { colours, chosen, ghost, clock: playhead }) {
  pen.fillStyle = colours.ground
  pen.fillRect(0, 0, view.width, HEIGHT)
  ruler(pen, view, colours)
  for (const strip of lanes.strips) if (strip.end >= view.from && strip.start <= view.to) scene(pen, strip, view, colours, chosen, ghost)
  for (const block of lanes.blocks) {
    const shown = placed(block, ghost)
    if (shown.end + 60 >= view.from && shown.start <= view.to) note(pen, shown, view, colours, chosen === `cue ${block.id}`)
  }
  if (ghost) told(pen, view, ghost, lanes, colours)
  if (playhead !== null) line(pen, xOf(view, playhead), 0, HEIGHT, colours.accent, 2)
}

/** The time of what is being dragged, above it. @param {CanvasRenderingContext2D} pen @param {import("./studio_lanes.js").View} view @param {any} ghost @param {import("./studio_lanes.js").Lanes} lanes @param {Colours} colours */
function told(pen, view, ghost, lanes, colours) {
  const at = ghost.scene ? (lanes.strips.find(({ id }) => id === ghost.scene)?.start ?? 0) + ghost.by : ghost.start
  const words = ghost.resized ? `${exact(at)} – ${exact(ghost.end)}` : exact(at)
  pen.font = "600 12px system-ui, sans-serif"
  const width = pen.measureText(words).width + 12
  const left = Math.min(Math.max(0, xOf(view, at) - 6), view.width - width)
  pen.fillStyle = colours.ground
  pen.fillRect(left, 0, width, RULER)
  pen.fillStyle = colours.accent
  pen.fillText(words, left + 6, RULER / 2)
}

/** @param {any} block @param {any} ghost what is being dragged: {id, start, end} or {scene, ids, by} */
function placed(block, ghost) {
  if (ghost?.id === block.id) return { ...block, start: ghost.start, end: ghost.end }
  if (ghost?.ids?.has(block.id)) return { ...block, start: block.start + ghost.by, end: block.end + ghost.by }
  return block
}

/** @param {CanvasRenderingContext2D} pen @param {import("./studio_lanes.js").View} view @param {Colours} colours */
function ruler(pen, view, colours) {
  const fits = (view.to - view.from) / Math.max(1, view.width / 90)
  const step = STEPS.find((each) => each >= fits) ?? 3600
  pen.font = "12px system-ui, sans-serif"
  pen.textBaseline = "middle"
  for (let at = Math.max(0, Math.ceil(view.from / step) * step); at <= view.to; at += step) {
    const x = xOf(view, at)
    line(pen, x, RULER - 6, HEIGHT, colours.line, 1)
    pen.fillStyle = colours.quiet
    pen.fillText(clock(at), x + 3, RULER / 2)
  }
}

/** @param {CanvasRenderingContext2D} pen @param {any} strip @param {import("./studio_lanes.js").View} view @param {Colours} colours @param {string} chosen @param {any} ghost */
function scene(pen, strip, view, colours, chosen, ghost) {
  const by = ghost?.scene === strip.id ? ghost.by : 0
  const left = xOf(view, strip.start + by)
  const right = xOf(view, strip.end)
  pen.fillStyle = strip.quiet ? colours.coal : colours.card
  pen.fillRect(left, RULER + 1, Math.max(1, right - left - 1), SCENES - 3)
  line(pen, left, RULER, HEIGHT, chosen === `scene ${strip.id}` ? colours.accent : colours.outline, chosen === `scene ${strip.id}` ? 2 : 1)
  if (strip.quiet) hatch(pen, left, right, colours.low)
  if (strip.checkpoint) flag(pen, left, colours.accent)
  text(pen, strip.words, Math.max(left, 0) + (strip.checkpoint ? 14 : 5), RULER + SCENES / 2, right, colours.text)
}

/** @param {CanvasRenderingContext2D} pen @param {any} block @param {import("./studio_lanes.js").View} view @param {Colours} colours @param {boolean} isChosen */
function note(pen, block, view, colours, isChosen) {
  const [left, right] = ends(view, block)
  const top = RULER + SCENES + block.lane * LANE + 2
  pen.fillStyle = block.push === "always" ? colours.low : colours.card
  pen.fillRect(left, top, right - left, LANE - 4)
  pen.strokeStyle = isChosen ? colours.accent : colours.outline
  pen.lineWidth = isChosen ? 2 : 1
  pen.strokeRect(left + 0.5, top + 0.5, right - left - 1, LANE - 5)
  if (block.kind === "poll" || block.kind === "quiz") line(pen, left + 3, top + 3, top + LANE - 7, colours.accent, 2)
  text(pen, block.words, left + 7, top + LANE / 2 - 2, right - 3, colours.text)
}

/** @param {CanvasRenderingContext2D} pen @param {string} words @param {number} x @param {number} y @param {number} until @param {string} colour */
function text(pen, words, x, y, until, colour) {
  const room = until - x
  if (room < 24 || !words) return
  pen.fillStyle = colour
  pen.font = "12px system-ui, sans-serif"
  pen.fillText([...words].slice(0, Math.floor(room / 6)).join(""), x, y, room)
}

/** @param {CanvasRenderingContext2D} pen @param {number} left @param {number} right @param {string} colour */
function hatch(pen, left, right, colour) {
  pen.save()
  pen.beginPath()
  pen.rect(left, RULER, right - left, SCENES)
  pen.clip()
  for (let x = Math.max(left, -SCENES); x < Math.min(right, pen.canvas.width); x += 8) {
    pen.beginPath()
    pen.strokeStyle = colour
    pen.lineWidth = 1
    pen.moveTo(x, RULER + SCENES)
    pen.lineTo(x + SCENES, RULER)
    pen.stroke()
  }
  pen.restore()
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {string} colour */
function flag(pen, x, colour) {
  pen.fillStyle = colour
  pen.beginPath()
  pen.moveTo(x + 2, RULER + 4)
  pen.lineTo(x + 11, RULER + 8)
  pen.lineTo(x + 2, RULER + 12)
  pen.fill()
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} top @param {number} bottom @param {string} colour @param {number} width */
function line(pen, x, top, bottom, colour, width) {
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.beginPath()
  pen.moveTo(Math.round(x) + 0.5, top)
  pen.lineTo(Math.round(x) + 0.5, bottom)
  pen.stroke()
}
