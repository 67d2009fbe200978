// @ts-check
import { t } from "./words.js"

/**
 * @typedef {object} Now
 * @property {string} part
 * @property {string} card        the cue in front of the guests, or ""
 * @property {() => string} named what it is, in words
 * @property {string[]} results   cues whose result is out
 * @property {(cueId: string) => string} told  how that came out
 * @property {string} watchFor    the moment a host is asked for, or ""
 * @property {boolean} isAtTheEnd
 * @property {boolean} isSilent   the silence after the film
 * @property {boolean} isLost     no connection for a while
 */

/** What a host who does not look at the remote is told, as it becomes so. What stood there already is not news. */
export class News {
  /** @type {Now | null} */
  #before = null

  /** @param {Now} now @returns {string} */
  of(now) {
    const before = this.#before
    this.#before = now
    return before ? between(before, now).join(" ") : ""
  }
}

/** @param {Now} before @param {Now} now */
function between(before, now) {
  const said = now.results.filter((cueId) => !before.results.includes(cueId)).map((cueId) => t("The result: {result}.", { result: now.told(cueId) }))
  if (now.watchFor && now.watchFor !== before.watchFor) said.unshift(t("Tap when: {what}", { what: now.watchFor }))
  if (now.card && now.card !== before.card) said.push(t("On the phones: {what}", { what: now.named() }))
  if (now.isAtTheEnd && !before.isAtTheEnd) said.push(t("Is the film over?"))
  if (before.isSilent && !now.isSilent && now.part === "after") said.push(t("The silence is over."))
  if (now.isLost !== before.isLost) said.push(now.isLost ? t("No connection. The phones go on by themselves.") : t("Connected again."))
  return said
}
