// @ts-check
/** Votes counted: the twin of companion/rules/polls.py. */

const SETTLE_SECONDS = 2
const LONGEST_TOGETHER = 15
const LONGEST_APART = 90

/**
 * `votes`: guest to option, null when withdrawn. `counts` has every option, raised hands included; `voters` are those with a phone.
 * @param {Record<string, string | null>} votes
 * @param {readonly string[]} optionIds
 * @param {Record<string, number>} [hands]
 */
export function tally(votes, optionIds, hands = {}) {
  const cast = Object.values(votes).filter((option) => option !== null && optionIds.includes(option))
  const raised = Object.fromEntries(optionIds.filter((id) => hands[id] > 0).map((id) => [id, hands[id]]))
  const counts = Object.fromEntries(
    optionIds.map((id) => [id, cast.filter((option) => option === id).length + (raised[id] ?? 0)]),
  )
  return { counts, voters: cast.length, hands: raised }
}

/** How many of those who are here have not voted. @param {Record<string, string | null>} votes @param {Iterable<string>} present */
export function stillToCome(votes, present) {
  return [...new Set(present)].filter((guest) => votes[guest] == null).length
}

/** Seconds from the close to the result: 2, and the delay of the guest furthest behind, within reason. @param {number} largestDelay @param {boolean} apart */
export function waitForResult(largestDelay, apart) {
  return SETTLE_SECONDS + Math.min(apart ? LONGEST_APART : LONGEST_TOGETHER, Math.max(0, largestDelay))
}

/**
 * Whole percents that make 100 together (largest remainder; ties to the option that comes first).
 * @param {Record<string, number>} counts
 * @returns {Record<string, number>}
 */
export function shares(counts) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (!total) return Object.fromEntries(Object.keys(counts).map((id) => [id, 0]))
  const exact = Object.entries(counts).map(([id, count]) => ({ id, percent: (count * 100) / total }))
  const whole = Object.fromEntries(exact.map(({ id, percent }) => [id, Math.floor(percent)]))
  const missing = 100 - Object.values(whole).reduce((sum, percent) => sum + percent, 0)
  const byRemainder = [...exact].sort((one, other) => whole[one.id] - one.percent - (whole[other.id] - other.percent))
  for (const { id } of byRemainder.slice(0, missing)) whole[id] += 1
  return whole
}
