// @ts-check
/**
 * A QR code made on the page, for what must not leave it (the wifi's password, the host's own link): bytes, error correction M, versions
 * 1 to 15 (ISO/IEC 18004). What the server may know it draws itself.
 */

const CHECK_PER_BLOCK = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24]
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10]
const LARGEST = 15
const QUIET = 4
const DARK = "#000"
const LIGHT = "#9a9a9a" // dim, so that a phone or a wall does not light the room; scanners read it as well as white
/** What the mask pattern of a module is, by number: dark when the rule gives 0. */
const MASKS = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

/** Rows of modules, true = dark; null when the text is too long. @param {string} text @returns {boolean[][] | null} */
export function modules(text) {
  const bytes = [...new TextEncoder().encode(text)]
  const version = Array.from({ length: LARGEST }, (_, i) => i + 1).find((v) => bytes.length <= dataLength(v) - (v < 10 ? 2 : 3))
  if (!version) return null
  const bits = withChecks(version, padded(version, bytes))
  const drawn = MASKS.map((_, mask) => draw(version, bits, mask))
  return drawn.reduce((best, each) => (penalty(each) < penalty(best) ? each : best))
}

/** The code as a picture for an <img>: dark on dim grey with its quiet zone; "" when the text is too long. @param {string} text @param {string} [light] */
export function picture(text, light = LIGHT) {
  const rows = modules(text)
  if (!rows) return ""
  const size = rows.length + 2 * QUIET
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ""))).join("")
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="${light}" d="M0 0h${size}v${size}H0z"/><path fill="${DARK}" d="${path}"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** @param {number} version */
function rawBits(version) {
  const align = version > 1 ? Math.floor(version / 7) + 2 : 0
  const free = (16 * version + 128) * version + 64
  const fixed = align ? (25 * align - 10) * align - 55 : 0
  return free - fixed - (version >= 7 ? 36 : 0)
}

/** @param {number} version */
function dataLength(version) {
  return Math.floor(rawBits(version) / 8) - CHECK_PER_BLOCK[version] * BLOCKS[version]
}

/** Mode, length, the bytes, and filling. @param {number} version @param {number[]} bytes */
function padded(version, bytes) {
  const lengthBits = version < 10 ? 8 : 16
  const bits = [...binary(4, 4), ...binary(bytes.length, lengthBits), ...bytes.flatMap((byte) => binary(byte, 8))]
  const room = dataLength(version) * 8
  bits.push(...Array(Math.min(4, room - bits.length)).fill(0))
  bits.push(...Array((8 - (bits.length % 8)) % 8).fill(0))
  const words = Array.from({ length: bits.length / 8 }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8).join(""), 2))
  for (let fill = 0xec; words.length < room / 8; fill ^= 0xec ^ 0x11) words.push(fill)
  return words
}

/** @param {number} value @param {number} length */
function binary(value, length) {
  return Array.from({ length }, (_, i) => (value >>> (length - 1 - i)) & 1)
}

/** Blocks with their Reed-Solomon checks, interleaved, as bits. @param {number} version @param {number[]} words */
function withChecks(version, words) {
  const count = BLOCKS[version]
  const short = Math.floor(words.length / count)
  const longer = words.length % count
  let at = 0
  const blocks = Array.from({ length: count }, (_, i) => words.slice(at, (at += short + (i >= count - longer ? 1 : 0))))
  const divisor = generator(CHECK_PER_BLOCK[version])
  const checks = blocks.map((block) => remainder(block, divisor))
  const mixed = []
  for (let i = 0; i <= short; i++) for (const block of blocks) if (i < block.length) mixed.push(block[i])
  for (let i = 0; i < divisor.length; i++) for (const check of checks) mixed.push(check[i])
  return mixed.flatMap((word) => binary(word, 8))
}

/** @param {number} degree */
function generator(degree) {
  const result = [...Array(degree - 1).fill(0), 1]
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    for (let j = 0; j < degree; j++) result[j] = times(result[j], root) ^ (result[j + 1] ?? 0)
  }
  return result
}

/** @param {number[]} data @param {number[]} divisor */
function remainder(data, divisor) {
  const result = Array(divisor.length).fill(0)
  for (const byte of data) {
    const factor = byte ^ result.shift()
    result.push(0)
    divisor.forEach((coefficient, i) => (result[i] ^= times(coefficient, factor)))
  }
  return result
}

/** In GF(2^8) modulo 0x11d. @param {number} x @param {number} y */
function times(x, y) {
  let z = 0
  for (let i = 7; i >= 0; i--) z = (z << 1) ^ ((z >>> 7) * 0x11d) ^ (((y >>> i) & 1) * x)
  return z
}

/** @param {number} version @param {number[]} bits @param {number} mask */
function draw(version, bits, mask) {
  const size = version * 4 + 17
  const grid = Array.from({ length: size }, () => Array(size).fill(null))
  const put = (/** @type {number} */ x, /** @type {number} */ y, /** @type {any} */ dark) => {
    if (x >= 0 && y >= 0 && x < size && y < size) grid[y][x] = Boolean(dark)
  }
  for (let i = 0; i < size; i++) (put(6, i, i % 2 === 0), put(i, 6, i % 2 === 0))
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(put, x, y, 4, [0, 1, 3])
  alignments(version, size).forEach(([x, y]) => square(put, x, y, 2, [0, 2]))
  if (version >= 7) versionBits(version).forEach((bit, i) => (put(size - 11 + (i % 3), Math.floor(i / 3), bit), put(Math.floor(i / 3), size - 11 + (i % 3), bit)))
  formatBits(put, size, mask)
  fill(grid, size, bits, MASKS[mask])
  return grid
}

/** @param {(x: number, y: number, dark: any) => void} put @param {number} x @param {number} y @param {number} reach @param {number[]} darkAt */
function square(put, x, y, reach, darkAt) {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) put(x + dx, y + dy, darkAt.includes(Math.max(Math.abs(dx), Math.abs(dy))))
  }
}

/** @param {number} version @param {number} size */
function alignments(version, size) {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const at = [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - (count - 2 - i) * step)]
  const isFinder = (/** @type {number} */ x, /** @type {number} */ y) => (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6)
  return at.flatMap((x) => at.map((y) => [x, y])).filter(([x, y]) => !isFinder(x, y))
}

/** Lowest bit first. @param {number} version */
function versionBits(version) {
  let rest = version
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  return binary((version << 12) | rest, 18).reverse()
}

/** @param {(x: number, y: number, dark: any) => void} put @param {number} size @param {number} mask */
function formatBits(put, size, mask) {
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = binary(((mask << 10) | rest) ^ 0x5412, 15).reverse()
  const corner = [[8, 0], [8, 1], [8, 2], [8, 3], [8, 4], [8, 5], [8, 7], [8, 8], [7, 8], [5, 8], [4, 8], [3, 8], [2, 8], [1, 8], [0, 8]]
  bits.forEach((bit, i) => {
    put(corner[i][0], corner[i][1], bit)
    if (i < 8) put(size - 1 - i, 8, bit)
    else put(8, size - 15 + i, bit)
  })
  put(8, size - 8, true)
}

/** In the zigzag, two columns at a time, from the lower right. @param {any[][]} grid @param {number} size @param {number[]} bits @param {(x: number, y: number) => number} rule */
function fill(grid, size, bits, rule) {
  let next = 0
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let i = 0; i < size * 2; i++) {
      const x = right - (i % 2)
      const upward = ((right + 1) & 2) === 0
      const y = upward ? size - 1 - Math.floor(i / 2) : Math.floor(i / 2)
      if (grid[y][x] === null) grid[y][x] = Boolean((bits[next++] ?? 0) ^ Number(rule(x, y) === 0))
    }
  }
}

/** How hard this is to read: runs, blocks, false finders, imbalance (the standard's four rules). @param {boolean[][]} grid */
function penalty(grid) {
  const columns = grid[0].map((_, x) => grid.map((row) => row[x]))
  const lines = [...grid, ...columns].map((line) => line.map(Number).join(""))
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0)
  const finders = lines.reduce((sum, line) => sum + (line.match(/(?=00001011101|10111010000)/g)?.length ?? 0) * 40, 0)
  let blocks = 0
  for (let y = 0; y + 1 < grid.length; y++) {
    for (let x = 0; x + 1 < grid.length; x++) {
      if (grid[y][x] === grid[y][x + 1] && grid[y][x] === grid[y + 1][x] && grid[y][x] === grid[y + 1][x + 1]) blocks += 3
    }
  }
  const dark = lines.slice(0, grid.length).join("").match(/1/g)?.length ?? 0
  const off = Math.floor(Math.abs(dark * 20 - grid.length ** 2 * 10) / grid.length ** 2)
  return runs + finders + blocks + off * 10
}
