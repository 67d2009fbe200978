import assert from "node:assert/strict"
import { test } from "node:test"
import { Seen } from "../../../static/js/lib/seen.js"

test("whoever comes late or comes back is not told of what is there already", () => {
  const seen = new Seen("late")
  assert.equal(seen.news(["a", "b"]).size, 0)
  assert.deepEqual([...seen.news(["a", "b", "c"])], ["c"])
})

test("a card announces itself once, also over a reload", () => {
  const seen = new Seen("once")
  seen.news([])
  assert.deepEqual([...seen.news(["a"])], ["a"])
  assert.equal(seen.news(["a"]).size, 0)
  const reloaded = new Seen("once")
  reloaded.news([])
  assert.equal(reloaded.news(["a"]).size, 0)
})

test("what stood in front counts as looked at, the rest is new until the drawer was opened", () => {
  const seen = new Seen("drawer")
  assert.deepEqual([...seen.unread(["a", "b"], ["a"])], ["b"])
  seen.look(["a", "b"])
  assert.equal(seen.unread(["a", "b"], []).size, 0)
})
