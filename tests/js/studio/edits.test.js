import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import * as changes from "../../../static/js/lib/studio_changes.js"
import * as edits from "../../../static/js/lib/studio_edits.js"

const read = (name) => JSON.parse(readFileSync(new URL(`../../shared/${name}.json`, import.meta.url), "utf8"))
const EDITS = { shift_all: edits.shiftAll, shift_onward: edits.shiftOnward, shift_cues: edits.shiftCues, resync: edits.resync, merge_scenes: edits.mergeScenes, duplicate: edits.duplicate }
const { sheet, cases, rounded } = read("sheet_edits")

for (const { say, edit: [name, ...given], refused, ...expected } of cases) {
  test(say, () => {
    const before = JSON.stringify(sheet)
    if (refused) {
      assert.throws(() => EDITS[name](sheet, ...given), (error) => error instanceof edits.Sentence && error.message.includes(refused))
    } else {
      const made = EDITS[name](sheet, ...given)
      const film = made.cues.filter((cue) => cue.id !== "hello")
      assert.deepEqual(Object.fromEntries(edits.starts(made)), expected.starts)
      assert.deepEqual(Object.fromEntries(film.map((cue) => [cue.id, edits.timeOf(made, cue)])), expected.times)
      const where = Object.fromEntries(film.map((cue) => [cue.id, cue]))
      for (const [id, scene] of Object.entries(expected.scenes ?? {})) assert.equal(where[id].scene, scene)
      for (const [id, scene] of Object.entries(expected.safe_after ?? {})) assert.equal(where[id].safe_after, scene)
    }
    assert.equal(JSON.stringify(sheet), before, "the old document is never touched")
  })
}

test("seconds are rounded alike everywhere", () => {
  for (const [given, wanted] of rounded) assert.equal(edits.rounded(given), wanted)
})

const differing = read("sheet_diff")
for (const { say, mine, theirs, merged, conflicts } of differing.cases) {
  test(say, () => {
    const got = changes.merge(differing.base, mine, theirs)
    assert.deepEqual(got.sheet, merged)
    assert.deepEqual(got.conflicts.map(({ kind, id }) => [kind, id]), conflicts)
    assert.deepEqual(changes.apply(differing.base, changes.diff(differing.base, mine)), { sheet: mine, conflicts: [] })
    assert.deepEqual(changes.apply(mine, changes.reverse(changes.diff(differing.base, mine))).sheet, differing.base)
  })
}

test("fields that differ are named, languages apart", () => {
  for (const [before, after, wanted] of differing.fields) assert.deepEqual(changes.fields(before, after), wanted)
})

test("whatever was done can be taken back exactly, order and all", () => {
  let seed = 7
  const chance = (most) => (seed = (seed * 48271) % 2147483647) % most
  const drawn = () => Array.from("abcdefgh", (id) => ({ id, words: chance(3) })).filter(() => chance(4)).sort(() => chance(3) - 1)
  for (let round = 0; round < 500; round += 1) {
    const before = { cues: drawn(), scenes: drawn(), film: chance(2) }
    const after = { cues: drawn(), scenes: drawn(), ...(chance(2) ? { film: 3 } : {}) }
    const found = changes.diff(before, after)
    assert.deepEqual(changes.apply(before, found), { sheet: after, conflicts: [] })
    assert.deepEqual(changes.apply(after, changes.reverse(found)), { sheet: before, conflicts: [] })
  }
})
