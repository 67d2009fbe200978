import assert from "node:assert/strict"
import { test } from "node:test"
import { Probes } from "../../../static/js/live/probes.js"
import { link, Phone, World } from "./world.js"

function asking({ seed = 1, answers = true, out = 0.005, phone: options = {} } = {}) {
  const world = new World(seed)
  const phone = new Phone(world, options)
  const seen = { asked: [], within: [], answers: 0, bursts: 0, silences: 0, isReachable: answers }
  const way = link(world, { out, back: out })
  const ask = (heard, within) => {
    seen.asked.push(world.time)
    seen.within.push(within)
    if (seen.isReachable) way.probe(phone)(heard)
    else world.at(world.time + within, () => heard(null))
  }
  const listener = { answer: () => seen.answers++, burstOver: () => seen.bursts++, silent: () => seen.silences++ }
  return { world, phone, seen, probes: new Probes(phone.surroundings, ask, listener) }
}

const between = (times, from, to) => times.filter((time) => time >= from && time < to).length

test("joining asks ten times within a second, then three times every 15 s, then three times a minute", () => {
  const { world, seen, probes } = asking()
  probes.start()
  world.pass(3600)
  assert.equal(between(seen.asked, 0, 1), 10)
  const early = between(seen.asked, 1, 300)
  assert.ok(early >= 54 && early <= 60, `${early} in the first five minutes`)
  const later = between(seen.asked, 1800, 3600)
  assert.ok(later >= 81 && later <= 99, `${later} in half an hour`)
  assert.equal(seen.bursts * 3 + 7, seen.asked.length)
})

test("an evening costs at most 250 questions an hour, even for a phone that is woken every two minutes", () => {
  const { world, seen, probes } = asking()
  probes.start()
  for (let minutes = 0; minutes < 120; minutes += 2) {
    world.pass(120)
    probes.wake()
  }
  for (let from = 0; from <= 3600; from += 300) assert.ok(between(seen.asked, from, from + 3600) <= 250)
  const undisturbed = asking({ seed: 2 })
  undisturbed.probes.start()
  undisturbed.world.pass(7200)
  assert.ok(undisturbed.seen.asked.length / 2 < 215, `${undisturbed.seen.asked.length / 2} an hour`)
})

test("a woken phone always asks at least once, for that tells whether its socket is alive", () => {
  const { world, seen, probes } = asking()
  probes.start()
  for (let i = 0; i < 120; i++) {
    world.pass(20)
    probes.wake()
  }
  const before = seen.asked.length
  world.pass(5)
  probes.wake()
  assert.equal(seen.asked.length, before + 1)
})

test("a hidden page asks nothing, and asks again when it is woken", () => {
  const { world, phone, seen, probes } = asking()
  probes.start()
  world.pass(60)
  phone.hiddenNow = true
  world.pass(20)
  const before = seen.asked.length
  world.pass(3600)
  assert.equal(seen.asked.length, before)
  phone.hiddenNow = false
  probes.wake()
  world.pass(1)
  assert.equal(seen.asked.length, before + 6)
  world.pass(200)
  assert.ok(seen.asked.length > before + 12, "the schedule goes on")
})

test("a phone that wakes to a dead socket knows it after half a second, a running one after two", () => {
  const waking = asking()
  waking.probes.start()
  waking.world.pass(40)
  waking.seen.isReachable = false
  waking.probes.wake()
  waking.world.pass(0.49)
  assert.equal(waking.seen.silences, 0)
  waking.world.pass(0.02)
  assert.equal(waking.seen.silences, 1)
  waking.world.pass(60)
  assert.equal(waking.seen.silences, 1, "it is told once; connecting starts it again")

  const running = asking()
  running.probes.start()
  running.world.pass(40)
  running.seen.isReachable = false
  running.world.pass(18)
  assert.equal(running.seen.silences, 1)
  assert.equal(running.seen.within.at(-1), 2)
})

test("on a slow line a woken phone waits four times as long as answers take there, and never longer than two seconds", () => {
  for (const [out, wanted] of [[0.005, 0.5], [0.15, 1.2], [0.8, 2]]) {
    const { world, seen, probes } = asking({ out })
    probes.start()
    world.pass(40)
    probes.wake()
    assert.ok(Math.abs(seen.within.at(-1) - wanted) < 0.01, `${seen.within.at(-1)} s at ${out} s one way`)
    world.pass(10)
    assert.equal(seen.silences, 0)
  }
})

test("two phones that joined together do not ask together for long", () => {
  const [one, other] = [asking({ seed: 5 }), asking({ seed: 6 })]
  for (const { world, probes } of [one, other]) {
    probes.start()
    world.pass(1800)
  }
  assert.ok(Math.abs(one.seen.asked.at(-1) - other.seen.asked.at(-1)) > 1)
})
