import assert from "node:assert/strict"
import { test } from "node:test"
import { Asked } from "../../../static/js/lib/asked.js"

/** A room that answers when it is told to. */
function slowRoom() {
  const told = []
  const waiting = []
  const ask = (on) => (told.push(on), new Promise((resolve, reject) => waiting.push({ resolve, reject })))
  return { told, waiting, ask }
}

test("two presses within one answer are on and off, three are on again", () => {
  const asked = new Asked()
  const { told, ask } = slowRoom()
  for (let press = 0; press < 3; press++) asked.turn("code", false, ask)
  assert.deepEqual(told, [true, false, true])
})

test("a late answer to the first press does not make the second forgotten", async () => {
  const asked = new Asked()
  const { told, waiting, ask } = slowRoom()
  const first = asked.turn("code", false, ask)
  asked.turn("code", false, ask)
  waiting[0].resolve({})
  await first
  asked.turn("code", true, ask)
  assert.deepEqual(told, [true, false, true])
})

test("once answered, or refused, the room's own word counts again, and each switch has its own", async () => {
  const asked = new Asked()
  const { told, waiting, ask } = slowRoom()
  const pressed = asked.turn("hold", false, ask)
  asked.turn("black", false, ask)
  waiting[0].resolve(null)
  await pressed
  const again = asked.turn("hold", false, ask)
  waiting[2].reject(new Error("no"))
  await assert.rejects(again)
  asked.turn("hold", false, ask)
  assert.deepEqual(told, [true, true, true, true])
})
