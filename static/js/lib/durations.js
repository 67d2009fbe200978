// @ts-check
/** Film times as people write and read them. Digits stay Latin in every language (UX.md section 5). */

/** 2467.9 -> "0:41:07" @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6))
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0")
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

/** 2467.9 -> "41:07", 7 -> "0:07": for short waits. @param {number} seconds */
export function short(seconds) {
  const said = clock(seconds).replace(/^0:/, "")
  return said.replace(/^0(?=\d:)/, "")
}

/**
 * "1:02:03", "62:03", "3723", "3723.5", "1h2m3s", "62m" -> seconds; null when it is none of these.
 * @param {string} text @returns {number | null}
 */
export function read(text) {
  const plain = latin(text).trim().toLowerCase().replace(/\s+/g, "").replace(",", ".")
  return spelled(plain) ?? colons(plain)
}

/**
 * The unit and count that say about how long it is: [40, "second"], [3, "minute"], [2, "hour"].
 * @param {number} seconds @returns {[number, "second" | "minute" | "hour"]}
 */
export function about(seconds) {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 55) return [whole <= 10 ? whole : Math.round(whole / 10) * 10, "second"]
  if (whole < 5400) return [Math.round(whole / 60), "minute"]
  return [Math.round(whole / 3600), "hour"]
}

/** Any Unicode decimal digit as 0-9: full-width, Arabic-Indic, Devanagari. @param {string} text */
export function latin(text) {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

/** Decimal digits come in unbroken runs of ten that begin at zero. @param {string} digit */
function digitValue(digit) {
  const point = /** @type {number} */ (digit.codePointAt(0))
  if (point >= 0x1d7ce) return (point - (point <= 0x1d7ff ? 0x1d7ce : 0x1fbf0)) % 10 // five bold and double-struck runs touch
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (point - zero) % 10
}

/** @param {string} text @returns {number | null} */
function spelled(text) {
  const found = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text)
  if (!text || !found || found.slice(1).every((part) => part === undefined)) return null
  const [hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0))
  return hours * 3600 + minutes * 60 + seconds
}

/** @param {string} text @returns {number | null} */
function colons(text) {
  if (!/^\d+(?::\d{1,2}){0,2}(?:\.\d+)?$/.test(text)) return null
  const parts = text.split(":").map(Number)
  if (parts.slice(1).some((part) => part >= 60)) return null
  return parts.reduce((sum, part) => sum * 60 + part, 0)
}
