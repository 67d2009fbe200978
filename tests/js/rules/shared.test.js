// The cases that Python and JavaScript both satisfy: tests/rules/test_shared_cases.py reads the same files.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import * as alignmentRules from "../../../static/js/rules/alignment.js"
import * as playbackRules from "../../../static/js/rules/playback.js"
import * as pollRules from "../../../static/js/rules/polls.js"
import * as programmeRules from "../../../static/js/rules/programme.js"

const told = (name) => JSON.parse(readFileSync(new URL(`../../shared/${name}.json`, import.meta.url), "utf8"))
const inCamels = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
const ALIGNMENT_CALLS = { end: "endOf", limit: "limitOf" }

for (const { name, call, playback, args, gives } of told("playback").cases) {
  test(`playback: ${name}`, () => assert.deepEqual(playbackRules[inCamels(call)](playback, ...args), gives))
}

const { sheets, cases } = told("alignment")
for (const { name, sheet, marks, rate, runtime, call, args, gives } of cases) {
  test(`alignment: ${name}`, () => {
    const alignment = { sheet: sheets[sheet], marks, rate, runtime }
    const found = alignmentRules[ALIGNMENT_CALLS[call] ?? inCamels(call)](alignment, ...args)
    if (call === "with_mark") assert.deepEqual(found.marks.map((mark) => mark.scene_id).sort(), gives)
    else if (call === "checkpoint_due") assert.equal(found?.id ?? null, gives)
    else if (gives === "-inf") assert.equal(found, -Infinity)
    else assert.ok(Math.abs(found - gives) < 1e-6, `${found} is not ${gives}`)
  })
}

const { hands, cases: shown } = told("programme")
for (const { name, cards, call, position, results = [], part, quiet, card, gives } of shown) {
  test(`programme: ${name}`, () => {
    const hand = hands[cards]
    if (call === "is_open_here") {
      const asked = hand.find(({ cue_id }) => cue_id === card)
      return assert.equal(programmeRules.isOpenHere(asked, position, results), gives)
    }
    if (call === "current") {
      assert.equal(programmeRules.current(hand, position, results, part, quiet)?.cue_id ?? null, gives)
      const byId = Object.fromEntries(results.map((id) => [id, {}]))
      return assert.equal(programmeRules.current(hand, position, byId, part, quiet)?.cue_id ?? null, gives)
    }
    const found = programmeRules[inCamels(call)](hand, position)
    return assert.deepEqual(found.map(({ cue_id }) => cue_id), gives)
  })
}

for (const { name, call, args, gives } of told("polls").cases) {
  test(`polls: ${name}`, () => assert.deepEqual(pollRules[inCamels(call)](...args), gives))
}
