import assert from "node:assert/strict"
import { test } from "node:test"
import { Merging } from "../../../static/js/live/merging.js"
import { Moments } from "../../../static/js/live/moments.js"
import { Place } from "../../../static/js/live/place.js"
import { Standing } from "../../../static/js/live/standing.js"
import { Phone, World } from "./world.js"

const FRAME = 1 / 60

/** A phone whose clock is right unless `error` says otherwise, with cards and results. */
function watching({ cards = [], results = {}, quiet = [], part = "film", delay = 0, playback = {}, phone = new Phone(new World()), in_ad = false, limit = 1000 } = {}) {
  const { world } = phone
  const clock = { error: 0, now: () => world.server + clock.error }
  const merging = new Merging()
  const place = new Place(clock)
  const told = []
  const tell = (...what) => told.push({ at: world.time, what: what.join(), position: moments.ownPosition })
  const moments = new Moments(phone.surroundings, place, clock, merging, new Standing(phone.surroundings, "stands"), tell)
  const began = { position: 0, rate: 1, since: world.server, is_playing: true, ...playback }
  merging.take({ revision: 1, cards, results, quiet, room: { part }, you: { delay, in_ad }, playback: began }, true)
  place.set(began, limit)
  moments.renew()
  return { world, phone, clock, merging, place, moments, told }
}

const card = (cue_id, start, end) => ({ cue_id, start, end, lang: "en", html: cue_id })

test("a quiet scene begins and ends on a guest's own clock, in the frames nearest to it", () => {
  const { world, told, moments } = watching({ quiet: [[10, 20]], delay: 5 })
  world.pass(14.9)
  assert.equal(moments.isQuiet, false)
  world.pass(0.2)
  assert.equal(moments.isQuiet, true)
  world.pass(10)
  assert.equal(moments.isQuiet, false)
  assert.equal(told.length, 2)
  assert.ok(told.every(({ position }, i) => Math.abs(position - [10, 20][i]) <= FRAME))
  assert.equal(watching({ quiet: [[0, null]], part: "after" }).moments.isQuiet, false)
})

test("a card's start and end are told in the frames nearest to them", () => {
  const { world, told } = watching({ cards: [card("one", 10, 20), card("two", 20, 30)] })
  world.pass(60)
  assert.deepEqual(told.map((each) => each.what), ["cards", "cards", "cards"])
  for (const [i, at] of [10, 20, 30].entries()) {
    assert.ok(Math.abs(told[i].at - at) <= FRAME / 2 + 1e-6)
    assert.ok(told[i].position >= at, "the frame that tells it counts as having reached it")
  }
})

test("a phone with a delay is told later by just that, an early one sooner", () => {
  for (const delay of [40, -2]) {
    const { world, told } = watching({ cards: [card("one", 10, 20)], delay })
    world.pass(100)
    assert.ok(Math.abs(told[0].at - 10 - delay) <= FRAME)
  }
})

test("pausing holds a card back, playing on brings it, seeking over it tells it once", () => {
  const { world, merging, place, moments, told } = watching({ cards: [card("one", 10, 20)] })
  const now = (playback) => {
    merging.snapshot.playback = playback
    place.set(playback, 1000)
    moments.renew()
  }
  world.pass(9.97)
  now({ position: 9.97, rate: 1, since: world.server, is_playing: false })
  world.pass(50)
  assert.equal(told.length, 0)
  now({ position: 9.97, rate: 1, since: world.server, is_playing: true })
  world.pass(1)
  assert.equal(told.length, 1)
  now({ position: 2, rate: 1, since: world.server, is_playing: true })
  world.pass(7)
  assert.equal(told.length, 1)
  world.pass(2)
  assert.equal(told.length, 2, "going back, it comes again")
})

test("a result waits for its instant and for this phone's own place in the film, whichever is later", () => {
  const soon = watching({ results: { who: { cue_id: "who", shown_at: 1.8e9 + 5, at_position: 2 } } })
  assert.deepEqual(soon.moments.results, {})
  soon.world.pass(4.9)
  assert.deepEqual(soon.moments.results, {})
  soon.world.pass(0.2)
  assert.ok(soon.moments.results.who)
  assert.ok(Math.abs(soon.told[0].at - 5) <= FRAME)

  const behind = watching({ delay: 60, results: { who: { cue_id: "who", shown_at: 1.8e9 + 5, at_position: 30 } } })
  behind.world.pass(89)
  assert.deepEqual(behind.moments.results, {})
  behind.world.pass(2)
  assert.ok(behind.moments.results.who)
  assert.ok(Math.abs(behind.told[0].at - 90) <= FRAME)
})

test("a better clock never moves the film backwards on screen, only a seek does", () => {
  const { world, clock, place } = watching()
  world.pass(10)
  const before = place.position()
  clock.error = -0.08
  assert.equal(place.position(), before)
  world.pass(0.05)
  assert.equal(place.position(), before)
  world.pass(0.1)
  assert.ok(place.position() > before && place.position() < 10.08)
  place.set({ position: 3, rate: 1, since: world.server, is_playing: true }, 1000)
  assert.ok(place.position() < 3.01)
})

test("a clock that was wrong by more than two seconds is corrected at once, backwards too", () => {
  const { world, clock, place } = watching()
  clock.error = 3600
  world.pass(10)
  assert.equal(place.position(), 1000)
  clock.error = 0
  assert.ok(Math.abs(place.position() - 10) < 0.001)
})

test("a paused film stands exactly where the server says, whatever the phone showed before", () => {
  const { world, clock, place } = watching()
  clock.error = 0.02
  world.pass(10)
  assert.ok(place.position() > 10.01)
  place.set({ position: 9.8, rate: 1, since: world.server, is_playing: false }, 1000)
  assert.equal(place.position(), 9.8)
  assert.equal(place.until(9.9), Infinity)
  assert.equal(place.until(9.8), 0)
})

test("a film that is to start in five seconds stands still until then", () => {
  const { world, told } = watching({ cards: [card("one", 3, 9)], playback: { since: 1.8e9 + 5 } })
  world.pass(30)
  assert.ok(Math.abs(told[0].at - 8) <= FRAME)
})

test("what a page waits for is told once; asking for a place already passed is told at once", () => {
  const { world, moments } = watching()
  const reached = []
  moments.whenReached(5, () => reached.push(["five", world.time]))
  moments.whenReached(7, () => reached.push(["seven", world.time]))()
  world.pass(20)
  assert.equal(reached.length, 1)
  moments.whenReached(15, () => reached.push(["fifteen", world.time]))
  world.pass(0.02)
  assert.equal(reached[1][0], "fifteen")
})

test("an hour of film without cards costs no frame at all", () => {
  const { world, phone } = watching({ cards: [card("one", 10, 20)] })
  world.pass(21)
  const { frames } = phone
  world.pass(3600)
  assert.equal(phone.frames, frames)
  assert.equal(world.pending, 0)
})

/** What the server makes of "Ad" and "It's back", as the page asks for it. */
function own({ merging, moments }, you) {
  merging.acknowledged("set_delay", { seconds: you.delay }, { ok: true, ...you })
  moments.renew()
}

test("while one's own film stands for an ad nothing comes, and then it goes on where it stood", () => {
  const one = watching({ cards: [card("one", 30, 40)], delay: 10 })
  one.world.pass(35)
  own(one, { delay: 10, in_ad: true })
  one.world.pass(90)
  assert.equal(one.told.length, 0)
  assert.ok(Math.abs(one.moments.ownPosition - 25) < 0.01)
  own(one, { delay: 100, in_ad: false })
  assert.ok(Math.abs(one.moments.ownPosition - 25) < 0.01)
  one.world.pass(6)
  assert.equal(one.told.length, 1)
  assert.ok(Math.abs(one.told[0].at - 130) <= FRAME)
})

test("a phone that is reloaded during its ad still stands where it stood", () => {
  const phone = new Phone(new World())
  const first = watching({ phone, delay: 0 })
  phone.world.pass(20)
  own(first, { delay: 0, in_ad: true })
  phone.world.pass(60)
  const again = watching({ phone, in_ad: true, playback: { since: 1.8e9 } })
  assert.ok(Math.abs(again.moments.ownPosition - 20) < 0.01)
})

test("eight guests with streams of their own, minutes and ads apart, get each card at their own moment", () => {
  const cards = Array.from({ length: 60 }, (_, i) => card(`card-${i}`, 60 + i * 60, 80 + i * 60))
  for (let guest = 0; guest < 8; guest++) {
    const one = watching({ cards, limit: 8000 })
    const { world } = one
    const random = new World(guest + 1).random
    let behind = (guest * 600) / 7
    const ads = Array.from({ length: guest }, () => [300 + random() * 3000, 15 + random() * 165]).sort((a, b) => a[0] - b[0])
    const own_moment = (position) => position + behind
    world.pass(behind + 1)
    own(one, { delay: behind + (random() - 0.5), in_ad: false })
    one.told.length = 0 // the tap at the first picture is what sets this clock
    const wrong = []
    const told = () => one.told.splice(0).filter((each) => Math.round(each.position) % 60 === 0)
    for (const [at, lasts] of [...ads, [3700, 0]]) {
      world.pass(Math.max(0, own_moment(at) - world.time))
      wrong.push(...told().map((each) => each.at - own_moment(Math.round(each.position / 60) * 60)))
      if (!lasts) break
      const { delay } = one.merging.snapshot.you
      own(one, { delay, in_ad: true })
      world.pass(lasts)
      assert.deepEqual(told(), [], "nothing comes during the ad")
      own(one, { delay: delay + lasts, in_ad: false })
      behind += lasts
    }
    assert.ok(wrong.length >= 58, `guest ${guest} got ${wrong.length} cards`)
    assert.ok(wrong.every((late) => Math.abs(late) < 1), `guest ${guest}: ${Math.max(...wrong.map(Math.abs))} s off`)
  }
})
