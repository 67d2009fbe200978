import assert from "node:assert/strict"
import { test } from "node:test"
import { Draft, replaced, STEPS_KEPT } from "../../../static/js/lib/studio_draft.js"
import { apply, diff } from "../../../static/js/lib/studio_changes.js"

const sheet = () => ({ scenes: [{ id: "one", start: 0 }], cues: [{ id: "a", text: { en: "A" } }, { id: "b", text: { en: "B" } }], film: {} })
const begun = () => new Draft({ revision: 1, document: sheet() })
const said = (draft, id) => draft.document.cues.find((cue) => cue.id === id)?.text.en
const says = (draft, id, words, how) => draft.editCue("type", id, { id, text: { en: words } }, how)

test("typing is one step, and a pause begins another", () => {
  const draft = begun()
  for (const [words, now] of [["Ab", 0], ["Abc", 500], ["Abcd", 1000], ["Abcde", 9000]]) draft.edit("type", replaced(draft.document, "cues", "a", { id: "a", text: { en: words } }), { key: "a.text", now })
  assert.equal(draft.done.length, 2)
  draft.undo()
  assert.equal(said(draft, "a"), "Abcd")
  draft.undo()
  assert.equal(said(draft, "a"), "A")
  draft.redo()
  draft.redo()
  assert.equal(said(draft, "a"), "Abcde")
})

test("more than two hundred steps go back and forth, also after a reload", () => {
  let draft = begun()
  for (let n = 0; n < 250; n += 1) says(draft, "a", `version ${n}`)
  draft = Draft.from(structuredClone(draft.kept()))
  for (let n = 0; n < 250; n += 1) draft.undo()
  assert.equal(said(draft, "a"), "A")
  assert.deepEqual(draft.unsent, [])
  for (let n = 0; n < 250; n += 1) draft.redo()
  assert.equal(said(draft, "a"), "version 249")
  assert.ok(STEPS_KEPT >= 200)
})

test("a bulk change is one step", () => {
  const draft = begun()
  draft.edit("shift", { ...draft.document, cues: draft.document.cues.map((cue) => ({ ...cue, offset: 5 })) })
  assert.equal(draft.done.length, 1)
  draft.undo()
  assert.deepEqual(draft.document, sheet())
})

/** A server as companion/models/drafts.py is one. */
function server(document = sheet()) {
  const kept = [document]
  return {
    take(draft) {
      const sent = draft.document
      const { sheet: next, conflicts } = apply(kept.at(-1), structuredClone(draft.unsent))
      const known = kept[draft.server.revision - 1]
      kept.push(next)
      return () => draft.receive(sent, structuredClone({ revision: kept.length, changes: diff(known, next), conflicts }))
    },
    get now() { return kept.at(-1) },
  }
}

test("what is typed while a save is under way is not lost", () => {
  const [draft, home] = [begun(), server()]
  says(draft, "a", "one")
  const answer = home.take(draft)
  says(draft, "a", "one two")
  answer()
  assert.equal(said(draft, "a"), "one two")
  assert.deepEqual(draft.conflicts, [])
  home.take(draft)()
  assert.equal(home.now.cues[0].text.en, "one two")
  assert.deepEqual(draft.unsent, [])
})

test("two authors on different notes both stand", () => {
  const home = server()
  const [ana, ben] = [begun(), begun()]
  says(ana, "a", "Ana")
  says(ben, "b", "Ben")
  home.take(ana)()
  home.take(ben)()
  home.take(ana)()
  for (const draft of [ana, ben]) assert.deepEqual([said(draft, "a"), said(draft, "b")], ["Ana", "Ben"])
})

test("two authors on the same note are shown both versions, and either can be chosen", () => {
  const home = server()
  const [ana, ben] = [begun(), begun()]
  says(ana, "a", "Ana")
  says(ben, "a", "Ben")
  home.take(ana)()
  home.take(ben)()
  assert.equal(said(ben, "a"), "Ana")
  assert.deepEqual(ben.conflicts.map(({ mine, theirs }) => [mine.text.en, theirs.text.en]), [["Ben", "Ana"]])
  ben.settle(ben.conflicts[0], "mine")
  home.take(ben)()
  assert.equal(home.now.cues[0].text.en, "Ben")
  assert.deepEqual(ben.conflicts, [])
})

test("undo takes back my step and leaves what somebody else wrote since", () => {
  const home = server()
  const [ana, ben] = [begun(), begun()]
  says(ana, "a", "Ana")
  home.take(ana)()
  home.take(ben)()
  says(ben, "a", "Ben, later")
  home.take(ben)()
  home.take(ana)()
  const { conflicts } = ana.undo()
  assert.equal(said(ana, "a"), "Ben, later")
  assert.equal(conflicts.length, 1)
})
