import assert from "node:assert/strict"
import { test } from "node:test"
import { modules, picture } from "../../../static/js/lib/qr.js"

const rows = (grid) => grid.map((row) => row.map((dark) => (dark ? "#" : ".")).join(""))

test("the three corners by which a camera finds the code are there, and the fourth is not", () => {
  const grid = rows(modules("http://192.168.1.20:8080/j/482917"))
  const finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
  const at = (x, y) => finder.map((_, i) => grid[y + i].slice(x, x + 7))
  const far = grid.length - 7
  assert.deepEqual(at(0, 0), finder)
  assert.deepEqual(at(far, 0), finder)
  assert.deepEqual(at(0, far), finder)
  assert.notDeepEqual(at(far, far), finder)
})

test("longer words make larger codes, and what is too long makes none", () => {
  const sizes = [1, 20, 60, 120, 200, 400].map((n) => modules("x".repeat(n)).length)
  assert.deepEqual(sizes, [21, 25, 33, 45, 57, 77])
  assert.equal(modules("x".repeat(413)), null)
  assert.equal(picture("x".repeat(413)), "")
})

test("the picture is dark on light with four modules of quiet around it", () => {
  const svg = decodeURIComponent(picture("A", "#fff").replace("data:image/svg+xml,", ""))
  assert.match(svg, /viewBox="0 0 29 29"/)
  assert.match(svg, /fill="#fff"/)
  assert.match(svg, /M4 4h1v1h-1z/)
})
