// @ts-check
/** Reading a sheet document for the screen: scenes with their notes in order, words in a language, times exactly, new names. */

import { latin, read } from "./durations.js"
import { partOf, rounded, starts, timeOf } from "./studio_edits.js"

/** @typedef {Record<string, any>} Sheet */

export const KINDS = ["trivia", "theme", "poll", "quiz", "discussion", "warning"]
const PARTS = ["before", "film", "after"]
const LENGTHS = /** @type {Record<string, number>} */ ({ poll: 40, quiz: 40, discussion: 60 })

/** Scenes in the order of the evening, each with its notes in order of time. @param {Sheet} sheet @returns {{scene: any, notes: any[]}[]} */
export function scenesWithNotes(sheet) {
  const hung = new Map(sheet.scenes.map((/** @type {any} */ scene) => [scene.id, /** @type {any[]} */ ([])]))
  const lost = []
  for (const cue of sheet.cues) (hung.get(cue.scene) ?? lost).push(cue)
  const rank = (/** @type {any} */ scene) => [PARTS.indexOf(partOf(scene)), partOf(scene) === "film" ? Number(scene.start) || 0 : 0]
  const scenes = [...sheet.scenes].sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1])
  const listed = scenes.map((scene) => {
    const notes = hung.get(scene.id) ?? []
    return { scene, notes: partOf(scene) === "film" ? [...notes].sort((a, b) => (a.offset || 0) - (b.offset || 0)) : notes }
  })
  return lost.length ? [...listed, { scene: { id: "", title: {}, part: "lost" }, notes: lost }] : listed
}

/** Every note in the order of the evening. @param {Sheet} sheet @returns {any[]} */
export function inOrder(sheet) {
  const listed = scenesWithNotes(sheet)
  const begin = starts(sheet)
  const film = listed.flatMap(({ notes }) => notes).filter((cue) => begin.has(cue.scene))
  film.sort((a, b) => (timeOf(sheet, a, begin) ?? 0) - (timeOf(sheet, b, begin) ?? 0))
  const outside = (/** @type {string} */ part) => listed.filter(({ scene }) => partOf(scene) === part).flatMap(({ notes }) => notes)
  return [...outside("before"), ...film, ...outside("after"), ...outside("lost")]
}

/** The words in a language, else in the first of the sheet's languages that has them. @param {any} words @param {string} lang @param {string[]} languages */
export function wordsIn(words, lang, languages) {
  for (const wished of [lang, ...(languages ?? []), ...Object.keys(words ?? {})]) if (words?.[wished]) return { lang: wished, text: words[wished] }
  return { lang, text: "" }
}

/** 2467.25 -> "0:41:07.25" @param {number | null | undefined} seconds */
export function exact(seconds) {
  if (seconds == null || Number.isNaN(seconds)) return ""
  const whole = Math.round(Math.abs(seconds) * 1000)
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0")
  const clock = `${Math.floor(whole / 3_600_000)}:${two(Math.floor(whole / 60_000) % 60)}:${two(Math.floor(whole / 1000) % 60)}`
  const rest = whole % 1000 ? `.${String(whole % 1000).padStart(3, "0").replace(/0+$/, "")}` : ""
  return `${seconds < 0 && whole ? "−" : ""}${clock}${rest}`
}

/** A length as people say it: "13.8 s". @param {number | null | undefined} seconds */
export function length(seconds) {
  return seconds == null ? "" : String(rounded(seconds))
}

/** A time or a length that was typed, perhaps with a sign: "-1:30", "+2.5". @param {string} text @returns {number | null} */
export function signed(text) {
  const [, sign, rest] = /^\s*([+\-−–]?)\s*(.*)$/.exec(text) ?? []
  const seconds = read(rest ?? "")
  return seconds === null ? null : rounded(sign && sign !== "+" ? -seconds : seconds)
}

/** A time in any spelling, to a millisecond. @param {string} text */
export function time(text) {
  const seconds = read(text)
  return seconds === null ? null : rounded(seconds)
}

/** No hand is more exact than a tenth of a second, on a key or on a mouse. @param {number} seconds */
export function tenth(seconds) {
  return Math.round(Math.max(0, seconds) * 10) / 10
}

/** Seconds to read it: 13 letters a second, 7 for Hangul and CJK (SHEET.md). @param {string} words */
export function readingTime(words) {
  const wide = (words.match(/[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]/g) ?? []).length
  return wide / 7 + (words.length - wide) / 13
}

/** An empty note at a time of the film, or hanging on a scene without one. @param {Sheet} sheet @param {string} kind @param {string} scene @param {number} [offset] @returns {Sheet} */
export function newNote(sheet, kind, scene, offset) {
  const isTimed = starts(sheet).has(scene)
  const note = { id: newId("note"), kind, scene, ...(isTimed ? { offset: rounded(offset ?? 0) } : {}), duration: LENGTHS[kind] ?? 20, push: "talkative", text: {} }
  return kind === "poll" || kind === "quiz" ? { ...note, options: [{ id: "a", text: {} }, { id: "b", text: {} }] } : note
}

/** @param {number} at */
export function newScene(at) {
  return { id: newId("scene"), title: {}, start: rounded(at), timing: "tapped" }
}

/** A name no other author makes up at the same moment. @param {string} stem */
export function newId(stem) {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789"
  return `${stem}-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => letters[byte % letters.length]).join("")}`
}

/** The film's title as this reader would say it. @param {Sheet} sheet @param {string} lang */
export function titleOf(sheet, lang) {
  return wordsIn(sheet.film?.title, lang, sheet.languages).text
}

/** How much of the sheet is said in a language: texts, titles, choices and explanations that some language has. @param {Sheet} sheet @param {string} lang */
export function coverage(sheet, lang) {
  const maps = sheet.cues.flatMap((/** @type {any} */ cue) => [cue.title, cue.text, cue.explanation, ...(cue.options ?? []).map((/** @type {any} */ o) => o.text)])
  const said = maps.filter((/** @type {any} */ map) => map && Object.values(map).some(Boolean))
  const there = said.filter((/** @type {any} */ map) => map[lang])
  return { there: there.length, of: said.length, share: said.length ? there.length / said.length : 1 }
}

/** The digits of a room code however it is typed. @param {string} typed */
export function digitsOf(typed) {
  return latin(typed).replace(/\D/g, "")
}
