// @ts-check

const FEWEST_POINTS = 3
const SHORTEST_SPAN = 25
const LARGEST = 200e-6
/** What crystals in phones do, one standard deviation: keeps a short noisy line from claiming much. */
const USUAL = 100e-6
const SURENESS = 3
const LEAST_PHI = 5e-6
/** An answer whose way was as short as any still wobbles by this much, seconds. */
const FLOOR = 0.0003

/**
 * How much faster the server's clock runs than the phone's: the weighted line through one point per burst. A point from a slow burst
 * says little, so each weighs by how much wider it is than the narrowest.
 * @param {{at: number, offset: number, width: number}[]} points
 * @returns {{rate: number, phi: number} | null} null while there is too little; phi is how wrong the rate may be
 */
export function drift(points) {
  if (points.length < FEWEST_POINTS) return null
  if (points[points.length - 1].at - points[0].at < SHORTEST_SPAN) return null
  const narrowest = Math.min(...points.map((p) => p.width))
  const weights = points.map((p) => 1 / (FLOOR + (p.width - narrowest) / Math.sqrt(12)) ** 2)
  const total = sum(weights)
  const at = sum(points.map((p, i) => weights[i] * p.at)) / total
  const offset = sum(points.map((p, i) => weights[i] * p.offset)) / total
  const spread = sum(points.map((p, i) => weights[i] * (p.at - at) ** 2))
  const slope = sum(points.map((p, i) => weights[i] * (p.at - at) * (p.offset - offset))) / spread
  const misfit = sum(points.map((p, i) => weights[i] * (p.offset - offset - slope * (p.at - at)) ** 2)) / (points.length - 2)
  const variance = Math.max(1, misfit) / spread
  const trust = USUAL ** 2 / (USUAL ** 2 + variance)
  const rate = Math.max(-LARGEST, Math.min(LARGEST, slope * trust))
  return { rate, phi: Math.max(LEAST_PHI, SURENESS * Math.sqrt(variance * trust)) }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}
