import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { Stage } from "../../../static/js/lib/stage.js"

const note = { cue_id: "note", kind: "trivia", part: "film" }
const poll = { cue_id: "poll", kind: "poll", part: "film" }
let stage
let at

beforeEach(() => {
  stage = new Stage()
  at = (fields) => stage.cards({ part: "film", current: null, soFar: [note, poll], results: {}, now: 0, ...fields }).map((card) => card.cue_id)
})

test("the current card stands alone", () => assert.deepEqual(at({ current: note }), ["note"]))

test("a note goes when its time is over", () => {
  at({ current: note })
  assert.deepEqual(at({ now: 1 }), [])
})

test("a question stays for its result, and the result long enough to be read", () => {
  at({ current: poll })
  assert.deepEqual(at({ now: 1 }), ["poll"])
  assert.deepEqual(at({ now: 4, results: { poll: {} } }), ["poll"])
  assert.deepEqual(at({ now: 15.9, results: { poll: {} } }), ["poll"])
  assert.deepEqual(at({ now: 16, results: { poll: {} } }), [])
})

test("a question without a result does not stay for ever", () => {
  at({ current: poll })
  at({ now: 1 })
  assert.deepEqual(at({ now: 21 }), [])
})

test("the next card takes the place of a lingering question", () => {
  at({ current: poll })
  assert.deepEqual(at({ now: 1, current: note }), ["note"])
  assert.deepEqual(at({ now: 2, results: { poll: {} } }), [])
})

test("nothing lingers into a quiet scene", () => {
  at({ current: poll })
  assert.deepEqual(at({ now: 1, isQuiet: true }), [])
})

test("a question that was taken away does not linger", () => {
  at({ current: poll })
  assert.deepEqual(at({ now: 1, soFar: [note] }), [])
})

test("the lobby is a stack, what the host fires on top", () => {
  const [one, two] = [{ ...note, cue_id: "one", part: "before" }, { ...poll, cue_id: "two", part: "before" }]
  assert.deepEqual(at({ part: "before", soFar: [one, two, note] }), ["one", "two"])
  assert.deepEqual(at({ part: "before", soFar: [one, two], current: { ...note, cue_id: "fired" } }), ["fired", "one", "two"])
})

test("silence after the film shows nothing, then one card at a time", () => {
  const card = { ...note, cue_id: "after", part: "after" }
  assert.deepEqual(at({ part: "after", soFar: [card], silenceLeft: 3 }), [])
  assert.deepEqual(at({ part: "after", soFar: [note, card] }), ["after"])
})

test("an ended evening shows no card", () => assert.deepEqual(at({ part: "ended", current: note }), []))
