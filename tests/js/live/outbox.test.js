import assert from "node:assert/strict"
import { test } from "node:test"
import { Outbox } from "../../../static/js/live/outbox.js"
import { Refused, Unsent } from "../../../static/js/live/refused.js"
import { Phone, World } from "./world.js"

const vote = (cue_id, option_id, op_id) => ["vote", { cue_id, option_id, op_id }]

function posting({ phone, answer = async () => ({ ok: true }) } = {}) {
  const world = phone?.world ?? new World()
  const from = phone ?? new Phone(world)
  const sent = []
  const settled = []
  const ask = (command, fields) => {
    sent.push({ at: world.time, command, ...fields })
    return answer(command, fields, sent.length)
  }
  const outbox = new Outbox(from.surroundings, "box", ask, (kept, ack, refused) => settled.push([kept.fields.op_id, refused?.code ?? "ok"]))
  return { world, phone: from, outbox, sent, settled }
}

test("what was kept is sent once, in order, with the op_id it was born with", async () => {
  const { world, outbox, sent, settled } = posting()
  outbox.keep(...vote("one", "a", "op-1"))
  outbox.keep("react", { counts: { "♥": 1 }, position: 5, op_id: "op-2" })
  outbox.send()
  outbox.send()
  await world.passing(10)
  assert.deepEqual(sent.map((each) => each.op_id), ["op-1", "op-2"])
  assert.ok(sent[1].at - sent[0].at >= 1, "no faster than the server takes them")
  assert.deepEqual(settled, [["op-1", "ok"], ["op-2", "ok"]])
  outbox.send()
  await world.passing(10)
  assert.equal(sent.length, 2)
})

test("a changed mind replaces the vote that waits", async () => {
  const { world, outbox, sent } = posting()
  outbox.keep(...vote("one", "a", "op-1"))
  outbox.keep(...vote("two", "a", "op-2"))
  outbox.keep(...vote("one", "b", "op-3"))
  outbox.send()
  await world.passing(10)
  assert.deepEqual(sent.map((each) => [each.cue_id, each.option_id]), [["two", "a"], ["one", "b"]])
})

test("what waits survives a reload", async () => {
  const { phone, outbox } = posting()
  outbox.keep(...vote("one", "a", "op-1"))
  const { world, outbox: reloaded, sent } = posting({ phone })
  assert.equal(reloaded.waiting.length, 1)
  reloaded.send()
  await world.passing(5)
  assert.deepEqual(sent.map((each) => each.op_id), ["op-1"])
  assert.equal(posting({ phone }).outbox.waiting.length, 0)
})

test("where nobody answers it goes on waiting, and is tried every other second", async () => {
  let isThere = false
  const answer = async () => {
    if (!isThere) throw new Unsent()
    return { ok: true }
  }
  const { world, outbox, sent, settled } = posting({ answer })
  outbox.keep(...vote("one", "a", "op-1"))
  outbox.keep(...vote("two", "a", "op-2"))
  outbox.send()
  await world.passing(59)
  assert.ok(sent.length <= 30 && sent.every(({ op_id }) => op_id === "op-1"))
  assert.equal(outbox.waiting.length, 2)
  assert.deepEqual(settled, [])
  isThere = true
  await world.passing(4)
  assert.deepEqual(settled, [["op-1", "ok"], ["op-2", "ok"]])
  assert.equal(world.pending, 0, "nothing is waited for once all is sent")
})

test("a vote that got through is not followed by the older one that waits", async () => {
  const { world, outbox, sent } = posting()
  outbox.keep(...vote("one", "a", "op-1"))
  outbox.keep(...vote("two", "a", "op-2"))
  outbox.overtaken(...vote("one", "b", "op-3"))
  await world.passing(10)
  assert.deepEqual(sent.map((each) => each.op_id), ["op-2"])
})

test("a vote that no longer counts is told and not tried again, and the next one is sent", async () => {
  const closed = async (_, fields) => {
    if (fields.cue_id === "one") throw new Refused({ code: "closed", sentence: "This poll is over." })
    return { ok: true }
  }
  const { world, outbox, settled } = posting({ answer: closed })
  outbox.keep(...vote("one", "a", "op-1"))
  outbox.keep(...vote("two", "a", "op-2"))
  outbox.send()
  await world.passing(10)
  assert.deepEqual(settled, [["op-1", "closed"], ["op-2", "ok"]])
  assert.equal(outbox.waiting.length, 0)
})

test("too fast, or a disk that is full, is not a no: it is tried again", async () => {
  const hasty = async (_command, _fields, attempt) => {
    if (attempt < 3) throw new Refused({ code: ["", "too_fast", "not_saved"][attempt], sentence: "Wait." })
    return { ok: true }
  }
  const { world, outbox, settled } = posting({ answer: hasty })
  outbox.keep(...vote("one", "a", "op-1"))
  outbox.send()
  await world.passing(10)
  assert.deepEqual(settled, [["op-1", "ok"]])
})

test("yesterday's votes, broken storage and a full one do no harm", async () => {
  const phone = new Phone(new World())
  const old = { command: "vote", fields: { op_id: "old" }, kept_at: phone.surroundings.wall() - 90_000 }
  phone.storage.setItem("box", JSON.stringify([old, null, 7]))
  assert.equal(posting({ phone }).outbox.waiting.length, 0)
  phone.storage.setItem("box", "{broken")
  const { outbox } = posting({ phone })
  phone.storage.setItem = () => { throw new Error("QuotaExceededError") }
  for (let i = 0; i < 100; i++) outbox.keep("react", { counts: {}, position: i, op_id: `op-${i}` })
  assert.equal(outbox.waiting.length, 60)
  assert.equal(outbox.waiting.at(-1).fields.op_id, "op-99")
})
