import assert from "node:assert/strict"
import { test } from "node:test"
import { isNearest, Reveals } from "../../../static/js/live/reveal.js"
import { Phone, World } from "./world.js"

function revealing(options) {
  const world = new World()
  const phone = new Phone(world, options)
  return { world, phone, reveals: new Reveals(phone.surroundings) }
}

/** Seconds until true time `at`, as a phone's page would know it. */
const until = (world, at) => () => at - world.time

test("a moment is told in the animation frame nearest to it", () => {
  for (const [at, frame] of [[10.001, 10], [10.0082, 10], [10.0085, 10 + 1 / 60], [10.016, 10 + 1 / 60]]) {
    const { world, reveals } = revealing()
    let told = NaN
    reveals.when(until(world, at), () => (told = world.time))
    world.pass(20)
    assert.ok(Math.abs(told - frame) < 1e-6, `${at} was told at ${told}`)
  }
})

test("on a screen of any speed nobody is further from the moment than half a frame", () => {
  for (const hertz of [30, 60, 90, 120]) {
    for (let i = 0; i < 40; i++) {
      const { world, reveals } = revealing({ frame: 1 / hertz })
      let told = NaN
      const at = 5 + i / 997
      reveals.when(until(world, at), () => (told = world.time))
      world.pass(6)
      assert.ok(Math.abs(told - at) <= 0.5 / hertz + 1e-6, `${hertz} Hz: ${at} told at ${told}`)
    }
  }
})

test("waiting costs one timer and no frame; frames begin 50 ms before", () => {
  const { world, phone, reveals } = revealing()
  reveals.when(until(world, 300), () => {})
  reveals.when(until(world, 400), () => {})
  world.pass(299.9)
  assert.equal(phone.frames, 0)
  assert.equal(world.pending, 1)
  assert.ok(phone.timers <= 2)
  world.pass(0.2)
  assert.ok(phone.frames > 0 && phone.frames <= 5)
  world.pass(60)
  assert.ok(phone.frames <= 5)
})

test("nothing to wait for costs nothing at all", () => {
  const { world, phone, reveals } = revealing()
  reveals.when(() => Infinity, () => assert.fail("it never comes"))
  world.pass(3600)
  assert.equal(phone.frames + phone.timers, 0)
  assert.equal(world.pending, 0)
})

test("a pause holds back what was about to come, and playing on brings it", () => {
  const { world, reveals } = revealing()
  let isPlaying = true
  let left = 10
  let told = NaN
  reveals.when(() => (isPlaying ? left - world.time : Infinity), () => (told = world.time))
  world.pass(9.98)
  isPlaying = false
  reveals.retime()
  world.pass(100)
  assert.ok(Number.isNaN(told))
  isPlaying = true
  left += 100
  reveals.retime()
  world.pass(1)
  assert.ok(Math.abs(told - 110) < 0.009)
})

test("what is cancelled is never told, what is told is told once, and the others go on", () => {
  const { world, reveals } = revealing()
  const told = []
  const cancel = reveals.when(until(world, 1), () => told.push("cancelled"))
  reveals.when(until(world, 1), () => told.push("first"))
  reveals.when(until(world, 2), () => told.push("second"))
  cancel()
  world.pass(30)
  assert.deepEqual(told, ["first", "second"])
})

test("a moment that has passed already is told in the next frame", () => {
  const { world, reveals } = revealing()
  let told = NaN
  world.pass(7.001)
  reveals.when(() => 0, () => (told = world.time))
  assert.ok(Number.isNaN(told))
  world.pass(0.02)
  assert.ok(told > 7.001)
})

test("a hidden page, which gets no frames, is told by its timer", () => {
  const { world, phone, reveals } = revealing()
  phone.hiddenNow = true
  let told = NaN
  reveals.when(until(world, 3), () => (told = world.time))
  world.pass(5)
  assert.ok(Math.abs(told - 3) < 0.001)
  assert.equal(phone.frames, 0)
})

test("one function decides: this frame when it is nearer than the next", () => {
  assert.ok(isNearest(0.008, 1 / 60))
  assert.ok(!isNearest(0.0084, 1 / 60))
  assert.ok(isNearest(-1, 1 / 60))
  assert.ok(!isNearest(Infinity, 1 / 60))
})
