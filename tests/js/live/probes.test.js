import assert from "node:assert/strict"
import { test } from "node:test"
import { Probes } from "../../../static/js/live/probes.js"
import { link, Phone, World } from "./world.js"

function asking({ seed = 1, answers = true, phone: options = {} } = {}) {
  const world = new World(seed)
  const phone = new Phone(world, options)
  const seen = { asked: [], answers: 0, bursts: 0, silences: 0, isReachable: answers }
  const way = link(world, { out: 0.005, back: 0.005 })
  const ask = (heard) => {
    seen.asked.push(world.time)
    if (seen.isReachable) way.probe(phone)(heard)
    else world.at(world.time + 2, () => heard(null))
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

test("a phone that wakes to a dead socket knows it after two seconds, a running one after its burst", () => {
  const waking = asking()
  waking.probes.start()
  waking.world.pass(40)
  waking.seen.isReachable = false
  waking.probes.wake()
  waking.world.pass(2.01)
  assert.equal(waking.seen.silences, 1)
  waking.world.pass(60)
  assert.equal(waking.seen.silences, 1, "it is told once; connecting starts it again")

  const running = asking()
  running.probes.start()
  running.world.pass(40)
  running.seen.isReachable = false
  running.world.pass(18)
  assert.equal(running.seen.silences, 1)
})

test("two phones that joined together do not ask together for long", () => {
  const [one, other] = [asking({ seed: 5 }), asking({ seed: 6 })]
  for (const { world, probes } of [one, other]) {
    probes.start()
    world.pass(1800)
  }
  assert.ok(Math.abs(one.seen.asked.at(-1) - other.seen.asked.at(-1)) > 1)
})
