import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { keep } from "../../../static/js/lib/kept.js"
import { Spoken } from "../../../static/js/lib/spoken.js"

const APART = 1500
globalThis.document = new EventTarget()
let now
let due
let said
let spoken

/** A live region: what it reads out, and when. */
const region = {
  set textContent(_) {},
  append: (words) => said.push([now, words]),
}

/** Milliseconds go by, one at a time. */
function pass(milliseconds) {
  for (let n = 0; n < milliseconds; n++) {
    now += 1
    const over = due.filter(({ at }) => at <= now)
    due = due.filter(({ at }) => at > now)
    for (const { act } of over) act()
  }
}

beforeEach(() => {
  now = 1000
  due = []
  performance.now = () => now
  globalThis.setTimeout = (act, after) => due.push({ at: now + after, act })
  said = []
  keep("setting.reads", false)
  spoken = new Spoken(region)
})

const words = () => said.map(([, one]) => one)
const gaps = () => said.slice(1).map(([at], place) => at - said[place][0])

test("what is said first is said at once", () => {
  spoken.say("A note.")
  pass(60)
  assert.deepEqual(words(), ["A note."])
})

test("however fast things come, a second and a half lies between any two", () => {
  for (let n = 0; n < 400; n++) {
    spoken.say(`Word ${n}.`)
    pass(37)
  }
  pass(2 * APART)
  assert.ok(said.length >= 9, `only ${said.length} in 15 seconds`)
  assert.ok(Math.min(...gaps()) >= APART, `${gaps()}`)
})

test("of several that wait the latest is said, once", () => {
  for (const one of ["A note.", "A poll, 16 seconds.", "The result."]) {
    spoken.say(one)
    pass(100)
  }
  pass(2 * APART)
  assert.deepEqual(words(), ["A note.", "The result."])
})

test("after a silence nobody is kept waiting", () => {
  spoken.say("A note.")
  pass(60_000)
  spoken.say("A quiz.")
  pass(60)
  assert.deepEqual(words(), ["A note.", "A quiz."])
})

test("it is a few words, or the whole card for whoever asked for that", () => {
  const card = { innerText: "She carries eleven keys. ".repeat(40) }
  spoken.say("A note.", card)
  pass(APART)
  spoken.say("A note. ".repeat(40))
  pass(APART)
  keep("setting.reads", true)
  spoken.say("A note.", card)
  pass(APART)
  assert.deepEqual(words().map((one) => one.length), [7, 120, 700])
})
