import assert from "node:assert/strict"
import { test } from "node:test"
import { placesIn, withoutScene, withRelease, withStart } from "../../../static/js/lib/studio_releases.js"

const long = { id: "long", name: "Director's cut", runtime: 7800, starts: { b: 700, d: 6500 } }
const sheet = () => ({
  edition: { name: "disc", runtime: 7200 },
  scenes: [{ id: "before", part: "before" }, { id: "a", start: 0 }, { id: "b", start: 600 }, { id: "c", start: 1200 }, { id: "d", start: 6000 }],
  cues: [],
  other_editions: [long],
})

test("scenes nobody timed in a release lie between those somebody did, as in a room (tests/rules/test_cue_sheet.py)", () => {
  const places = placesIn(sheet(), long)
  assert.deepEqual([...places.keys()], ["a", "b", "c", "d"])
  assert.deepEqual([places.get("a"), places.get("b"), places.get("d")], [0, 700, 6500])
  assert.ok(Math.abs(places.get("c") - (700 + (600 * 5800) / 5400)) < 0.001)
})

test("a scene timed, untimed or taken away is so in its release and in no other", () => {
  const two = { ...sheet(), other_editions: [long, { id: "pal", name: "PAL", runtime: 6912 }] }
  assert.deepEqual(withStart(two, "pal", "c", 1150).other_editions[1].starts, { c: 1150 })
  assert.deepEqual(withStart(two, "long", "b", null).other_editions[0].starts, { d: 6500 })
  const without = withoutScene(two, "b")
  assert.deepEqual(without.scenes.map(({ id }) => id), ["before", "a", "c", "d"])
  assert.deepEqual(without.other_editions[0].starts, { d: 6500 })
  assert.equal(without.other_editions[1], two.other_editions[1])
  assert.equal(withRelease(two, "pal", { name: "European" }).other_editions[1].name, "European")
})
