// @ts-check
/** Other releases of the film: their name, length and scene times, and where scenes lie that nobody has timed in them. */

import { filmScenes, rounded } from "./studio_edits.js"

/** @typedef {{id: string, name: string, runtime: number, starts?: Record<string, number>}} Release */

/** @param {any} sheet @returns {Release[]} */
export function releasesOf(sheet) {
  return sheet.other_editions ?? []
}

/** The sheet with its releases changed; without any, as if there had never been one. @param {any} sheet @param {Release[]} releases */
export function withReleases(sheet, releases) {
  const { other_editions: _was, ...rest } = sheet
  return releases.length ? { ...sheet, other_editions: releases } : rest
}

/** @param {any} sheet @param {string} id @param {Partial<Release>} what */
export function withRelease(sheet, id, what) {
  return withReleases(sheet, releasesOf(sheet).map((release) => (release.id === id ? { ...release, ...what } : release)))
}

/** A scene timed in a release, or (null) no longer. @param {any} sheet @param {string} id @param {string} scene @param {number | null} at */
export function withStart(sheet, id, scene, at) {
  const { [scene]: _was, ...starts } = releasesOf(sheet).find((release) => release.id === id)?.starts ?? {}
  return withRelease(sheet, id, { starts: at === null ? starts : { ...starts, [scene]: at } })
}

/** A scene without notes taken away, also from every release. @param {any} sheet @param {string} scene */
export function withoutScene(sheet, scene) {
  const scenes = sheet.scenes.filter((/** @type {any} */ each) => each.id !== scene)
  const timed = releasesOf(sheet).filter((release) => scene in (release.starts ?? {}))
  return timed.reduce((so_far, release) => withStart(so_far, release.id, scene, null), { ...sheet, scenes })
}

/** Where every scene of the film lies in a release: as timed, else on straight lines between (CueSheet.in_edition). @param {any} sheet @param {Release} release @returns {Map<string, number>} */
export function placesIn(sheet, release) {
  const scenes = filmScenes(sheet)
  const points = new Map([[0, 0], [Number(sheet.edition?.runtime) || 0, release.runtime]])
  for (const scene of scenes) if (scene.id in (release.starts ?? {})) points.set(Number(scene.start) || 0, release.starts?.[scene.id] ?? 0)
  const line = [...points].sort((a, b) => a[0] - b[0])
  return new Map(scenes.map((scene) => [scene.id, rounded(onTheLine(line, Number(scene.start) || 0))]))
}

/** @param {number[][]} line @param {number} at */
function onTheLine(line, at) {
  const after = line.findIndex(([here]) => here > at)
  if (after < 0) return line[line.length - 1][1]
  const [[a, b], [c, d]] = [line[after - 1], line[after]]
  return b + ((at - a) * (d - b)) / (c - a)
}
