import assert from "node:assert/strict"
import { test } from "node:test"
import { Tabs } from "../../../static/js/live/tabs.js"
import { Waking } from "../../../static/js/live/waking.js"
import { browser, grainOf } from "../../../static/js/live/surroundings.js"
import { Phone, World } from "./world.js"

function watched() {
  const world = new World()
  const phone = new Phone(world)
  const woken = []
  return { world, phone, woken, waking: new Waking(phone.surroundings, (why) => woken.push(why)) }
}

test("coming back is told once, though the browser says it in three ways", () => {
  const { world, phone, woken } = watched()
  world.pass(10)
  for (const why of ["resume", "visibilitychange", "pageshow"]) phone.wake(why)
  assert.deepEqual(woken, ["resume"])
  world.pass(10)
  phone.wake("online")
  assert.deepEqual(woken, ["resume", "online"])
})

test("a page shown for the first time is no phone that woke: its first knock, slow as it may be, is not cut off", () => {
  const [document, window] = [Object.assign(new EventTarget(), { hidden: false }), new EventTarget()]
  Object.assign(globalThis, { document, window, location: {} })
  const told = []
  browser().onWaking((why) => told.push(why))
  const shown = (persisted) => window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }))
  shown(false)
  assert.deepEqual(told, [])
  shown(true)
  document.dispatchEvent(new Event("visibilitychange"))
  assert.deepEqual(told, ["pageshow", "visibilitychange"])
})

test("a sleep that one clock counted and the other did not is noticed at the next look", () => {
  const { world, phone, woken, waking } = watched()
  world.pass(10)
  waking.check()
  assert.deepEqual(woken, [])
  world.sleep(0.3, phone)
  waking.check()
  assert.deepEqual(woken, ["clock_jump"])
  world.pass(10)
  waking.check()
  assert.deepEqual(woken, ["clock_jump"])
})

test("two naps in a row are two, though the steady clock counted neither", () => {
  const { world, phone, woken } = watched()
  world.pass(10)
  phone.wake("visibilitychange")
  world.sleep(600, phone)
  phone.wake("resume")
  phone.wake("pageshow")
  assert.deepEqual(woken, ["visibilitychange", "resume"])
})

test("a wall clock set to another hour or year is noticed, and a slow drift is not", () => {
  const { world, phone, woken, waking } = watched()
  for (let i = 0; i < 100; i++) {
    world.pass(10)
    phone.wallStep += 0.002
    waking.check()
  }
  assert.deepEqual(woken, [])
  phone.wallStep -= 365 * 86400
  waking.check()
  assert.equal(woken.length, 1)
})

test("once stopped, nothing is heard", () => {
  const { phone, world, woken, waking } = watched()
  world.pass(5)
  waking.stop()
  phone.wake()
  assert.deepEqual(woken, [])
})

test("the newest tab of a guest speaks, the older ones are told, other guests are not", () => {
  const world = new World()
  const channels = new Map()
  const silent = []
  const tab = (name, label) => new Tabs(new Phone(world, { channels }).surroundings, name, () => silent.push(label))
  const first = tab("guest-1", "first")
  first.claim()
  tab("guest-2", "someone else").claim()
  assert.deepEqual(silent, [])
  const second = tab("guest-1", "second")
  second.claim()
  assert.deepEqual(silent, ["first"])
  first.claim()
  assert.deepEqual(silent, ["first", "second"])
})

test("the grain of a coarse clock is seen, and a fine one is not thought finer than its steps", () => {
  let readings = 0
  assert.ok(Math.abs(grainOf(() => Math.floor(readings++ / 50) / 10000) - 0.0001) < 1e-9)
  assert.equal(grainOf(() => 5), 0.001)
})
