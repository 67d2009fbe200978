import assert from "node:assert/strict"
import { test } from "node:test"
import { learn, n, t } from "../../../static/js/lib/words.js"

test("English stands in place and is filled", () => {
  learn("en", {})
  assert.equal(t("{name} paused", { name: "Ana" }), "Ana paused")
  assert.equal(n("{count} new", "{count} news", 1), "1 new")
  assert.equal(n("{count} new", "{count} news", 0), "0 news")
})

test("another language comes from its catalogue, with its own plural", () => {
  learn("ko", { "{name} paused": "{name} 님이 멈췄어요", "{count} new": "새 글 {count}개" })
  assert.equal(t("{name} paused", { name: "민수" }), "민수 님이 멈췄어요")
  assert.equal(n("{count} new", "{count} news", 1), "새 글 1개")
  assert.equal(n("{count} new", "{count} news", 2), "새 글 2개")
  learn("es", { "{count} new": ["{count} nuevo", "{count} nuevos"] })
  assert.equal(n("{count} new", "{count} news", 2), "2 nuevos")
})

test("a word nobody translated is still said", () => {
  learn("ko", {})
  assert.equal(t("Pause"), "Pause")
})

test("a brace in a name is not taken for a hole", () => {
  learn("en", {})
  assert.equal(t("{name} paused", { name: "{count}" }), "{count} paused")
})
