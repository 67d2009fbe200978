import assert from "node:assert/strict"
import { test } from "node:test"
import { News } from "../../../static/js/lib/news.js"

const QUIET = { part: "film", card: "", named: () => "", results: [], told: (cue) => `${cue} 2`, watchFor: "", isAtTheEnd: false, isSilent: false, isLost: false }

/** Said one after the other, beginning with what stands there when the remote is opened. */
function heard(...moments) {
  const news = new News()
  return moments.map((moment) => news.of({ ...QUIET, ...moment })).slice(1)
}

test("what stands on the remote when it is opened is not news, nor what stays", () => {
  const standing = { card: "who", named: () => "Quiz: Who?", results: ["a"], watchFor: "The door closes", isAtTheEnd: true, isLost: true }
  assert.deepEqual(heard(standing, standing), [""])
})

test("a card on the phones is told by its kind and words, during the film and after it", () => {
  const quiz = { card: "who", named: () => "Quiz: Who?" }
  assert.deepEqual(heard({}, quiz, quiz, {}, { part: "after", ...quiz }), ["On the phones: Quiz: Who?", "", "", "On the phones: Quiz: Who?"])
})

test("a result is told once, and again after it was hidden", () => {
  assert.deepEqual(heard({}, { results: ["a"] }, { results: ["a", "b"] }, { results: ["b"] }, { results: ["a", "b"] }), ["The result: a 2.", "The result: b 2.", "", "The result: a 2."])
})

test("the moment to tap, the film's end, the end of the silence and the connection are told, the moment first", () => {
  const moment = { watchFor: "The door closes", card: "who", named: () => "Poll: Who?" }
  assert.deepEqual(heard({}, moment, { isAtTheEnd: true }, { part: "after", isSilent: true }, { part: "after" }, { part: "after", isLost: true }, { part: "after" }), [
    "Tap when: The door closes On the phones: Poll: Who?",
    "Is the film over?",
    "",
    "The silence is over.",
    "No connection. The phones go on by themselves.",
    "Connected again.",
  ])
})
