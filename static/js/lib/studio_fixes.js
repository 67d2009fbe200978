// @ts-check
/** Repairs that are safe to offer beside a finding: they change how and when a note shows, never what it says or means. */

import { starts, timeOf } from "./studio_edits.js"
import { readingTime } from "./studio_notes.js"

const SHORTEST_POLL = 20
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g

/** @typedef {{code: string, cue_id?: string | null, scene_id?: string | null}} Finding */

/** @type {Record<string, (cue: any, sheet: any) => any>} */
const REPAIRS = {
  too_short: (cue) => ({ ...cue, duration: Math.max(4, neededFor(cue)) }),
  too_fast: (cue) => ({ ...cue, duration: neededFor(cue) }),
  poll_short: (cue) => ({ ...cue, duration: Math.max(SHORTEST_POLL, cue.duration || 0) }),
  in_quiet_scene: (cue) => ({ ...cue, push: "never" }),
  gap: (cue) => ({ ...cue, push: cue.push === "talkative" ? "never" : "talkative" }),
  overlap: (cue) => ({ ...cue, push: "never" }),
  live_quiz: (cue) => ({ ...cue, results: "closed" }),
  safe_after_later: (cue) => without(cue, "safe_after"),
  bidi_override: (cue) => visible(cue),
  control_character: (cue) => visible(cue),
  end_beyond_film: (cue, sheet) => ({ ...cue, duration: Math.max(2, Number(sheet.edition?.runtime) - (timeOf(sheet, cue, starts(sheet)) ?? 0)) }),
  offset_negative: (cue) => ({ ...cue, offset: 0 }),
}

/** The note after a safe repair, or null when there is none. @param {any} sheet @param {Finding} finding */
export function repaired(sheet, finding) {
  const cue = sheet.cues.find((/** @type {any} */ each) => each.id === finding.cue_id)
  const repair = REPAIRS[finding.code]
  return cue && repair ? repair(cue, sheet) : null
}

/** @param {any} cue */
function neededFor(cue) {
  const longest = Math.max(...Object.keys(cue.text ?? { en: "" }).map((lang) => readingTime([cue.title?.[lang] ?? "", cue.text?.[lang] ?? ""].join(" "))))
  return Math.ceil(Math.max(longest, Number(cue.duration) || 0))
}

/** @param {any} cue @param {string} key */
function without(cue, key) {
  const { [key]: _gone, ...rest } = cue
  return rest
}

/** @param {any} value @returns {any} */
function visible(value) {
  if (typeof value === "string") return value.replace(INVISIBLE, "")
  if (Array.isArray(value)) return value.map(visible)
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visible(each)]))
  return value
}
