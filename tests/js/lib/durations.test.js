import assert from "node:assert/strict"
import { test } from "node:test"
import { about, clock, latin, read, short } from "../../../static/js/lib/durations.js"

test("film times are read in every usual spelling", () => {
  const spellings = { "1:02:03": 3723, "62:03": 3723, 3723: 3723, "3723.5": 3723.5, "1h2m3s": 3723, "62m 3s": 3723, "1h": 3600, "0:41:07": 2467, "１:０２:０３": 3723, "٤١:٠٧": 2467 }
  for (const [typed, seconds] of Object.entries(spellings)) assert.equal(read(typed), seconds, typed)
})

test("what is no time is refused, never guessed", () => {
  for (const typed of ["", " ", "soon", "1:99:00", "1:2:3:4", "-5", "1:2:", "h", "12:345"]) assert.equal(read(typed), null, typed)
})

test("a film time always has its hour, a wait has not", () => {
  assert.deepEqual([clock(0), clock(67.9), clock(2467), clock(7380)], ["0:00:00", "0:01:07", "0:41:07", "2:03:00"])
  assert.deepEqual([short(7), short(67), short(2467), short(3723)], ["0:07", "1:07", "41:07", "1:02:03"])
})

test("a position a hair before the second shows that second", () => assert.equal(clock(59.9999999), "0:01:00"))

test("waits are told in steps that do not tick", () => {
  assert.deepEqual([7, 38, 57, 119, 5400].map(about), [[7, "second"], [40, "second"], [1, "minute"], [2, "minute"], [2, "hour"]])
})

test("digits of any script become Latin ones", () => {
  assert.equal(latin("４８２ ٩١٧ ९ 𝟗𝟘𝟷"), "482 917 9 901")
})
