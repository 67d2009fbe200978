// The laws of ROOM.md 5-8 and 11 over evenings drawn by chance, in the browser's own rules.
import assert from "node:assert/strict"
import { test } from "node:test"
import * as fit from "../../../static/js/rules/alignment.js"
import { momentOf, nudge, pause, play, positionAt, pressed, seek, setRate } from "../../../static/js/rules/playback.js"
import { shares, tally } from "../../../static/js/rules/polls.js"
import { current, isOpenHere, soFar } from "../../../static/js/rules/programme.js"
import { chanceOf } from "./chance.js"

const SCENES = ["a", "b", "c", "d", "e", "f"]
const A_HAIR = 1e-6

/** A law, tried on many draws; a failure names the seed that broke it. */
function law(name, draws, body) {
  test(name, () => {
    for (let seed = 1; seed <= draws; seed += 1) {
      try {
        body(chanceOf(seed))
      } catch (broken) {
        broken.message = `seed ${seed}: ${broken.message}`
        throw broken
      }
    }
  })
}

function drawSheet(chance, timings = ["guessed", "tapped", "measured"]) {
  const starts = [0, ...Array.from({ length: 5 }, () => chance.whole(1, 5900)).sort((one, other) => one - other)]
  const scenes = SCENES.map((id, n) => ({
    id,
    start: starts[n],
    timing: chance.oneOf(timings),
    within: chance.oneOf([null, 30, 480]),
    checkpoint: chance.oneOf([true, false]),
  }))
  return { edition: { runtime: 6000 }, scenes }
}

function drawAlignment(chance, timings) {
  const runtime = chance.oneOf([null, 5400, 5760, 6000, 6300])
  let alignment = { sheet: drawSheet(chance, timings), marks: [], rate: chance.oneOf(fit.KNOWN_RATES), runtime }
  for (let n = chance.whole(0, 6); n > 0; n -= 1) alignment = fit.withMark(alignment, drawMark(chance))
  return alignment
}

const drawMark = (chance) => ({
  scene_id: chance.oneOf(SCENES),
  position: chance.between(0, 6500),
  answer: chance.oneOf(["now", "now", "already", "skip"]),
})

const marked = (alignment) => alignment.marks.filter((mark) => mark.answer === "now")
const isSorted = (numbers) => numbers.every((number, n) => n === 0 || numbers[n - 1] <= number)
const near = (one, other, hair = A_HAIR) => assert.ok(Math.abs(one - other) <= hair, `${one} is not ${other}`)

law("scenes never come out of order", 400, (chance) => {
  assert.ok(isSorted(fit.scenePositions(drawAlignment(chance))))
})

law("a marked scene lies where it was marked", 400, (chance) => {
  const alignment = drawAlignment(chance)
  for (const mark of marked(alignment)) near(fit.scenePosition(alignment, mark.scene_id), mark.position)
})

law("a new mark leaves no contradiction", 400, (chance) => {
  const kept = marked(fit.withMark(drawAlignment(chance), drawMark(chance)))
  const ordered = [...kept].sort((one, other) => (one.scene_id < other.scene_id ? -1 : 1))
  assert.ok(isSorted(ordered.map((mark) => mark.position)))
})

law("already and skip move nothing", 300, (chance) => {
  const alignment = drawAlignment(chance)
  assert.deepEqual(fit.scenePositions(alignment), fit.scenePositions({ ...alignment, marks: marked(alignment) }))
})

law("no card lies past the end under any marks", 400, (chance) => {
  const alignment = drawAlignment(chance, ["guessed", "tapped"])
  const proven = Math.max(fit.roomRuntime(alignment), ...marked(alignment).map((mark) => mark.position))
  near(fit.endOf(alignment), Math.min(proven, fit.limitOf(alignment)))
  for (const scene of SCENES) {
    const cue = { id: "x", kind: "trivia", scene, offset: chance.whole(0, 90) }
    assert.ok(fit.scenePosition(alignment, scene) <= fit.cuePlace(alignment, cue))
    assert.ok(fit.cuePlace(alignment, cue) <= fit.endOf(alignment))
    assert.ok(fit.gate(alignment, cue) <= fit.endOf(alignment))
  }
})

law("a gate holds as long as the truth is within the doubt", 400, (chance) => {
  const alignment = drawAlignment(chance)
  SCENES.forEach((scene, order) => {
    const gate = fit.gate(alignment, { id: "x", kind: "trivia", scene })
    if (gate === -Infinity) return
    const doubt = fit.uncertainty(alignment, scene)
    const said = alignment.marks.filter((m) => m.answer !== "skip" && SCENES.indexOf(m.scene_id) >= order)
    const guess = fit.scenePosition(alignment, scene) + chance.between(-doubt, doubt)
    const truth = Math.min(guess, fit.endOf(alignment), ...said.map((m) => m.position))
    assert.ok(gate >= truth - A_HAIR)
  })
})

law("a measured copy fits after one mark at the right speed", 300, (chance) => {
  const sheet = drawSheet(chance, ["measured"])
  const [rate, logos] = [chance.oneOf(fit.KNOWN_RATES), chance.between(0, 120)]
  const truth = (scene) => logos + scene.start / rate
  const seen = chance.oneOf(sheet.scenes)
  const alignment = fit.withMark({ sheet, rate }, { scene_id: seen.id, position: truth(seen) })
  for (const scene of sheet.scenes) near(fit.scenePosition(alignment, scene.id), truth(scene))
})

law("one question at a time, and none that was answered", 400, (chance) => {
  const alignment = drawAlignment(chance)
  const position = chance.between(0, 6500)
  const due = fit.checkpointDue(alignment, position)
  if (!due) return
  assert.ok(due.checkpoint && !alignment.marks.some((mark) => mark.scene_id === due.id))
  assert.ok(fit.scenePosition(alignment, due.id) - fit.uncertainty(alignment, due.id) <= position)
})

law("position is continuous but for two seconds at a press", 400, (chance) => {
  let [playback, now] = [{ position: 0, rate: 1, since: 1e9, is_playing: false }, 1e9]
  for (let n = 0; n < 12; n += 1) {
    now += chance.between(0, 900)
    const before = positionAt(playback, now, 8220)
    const at = pressed(playback, now - chance.between(-1, 5), now)
    let slip = 2 * playback.rate
    const act = chance.oneOf([play, pause, setRate])
    if (act === setRate) [playback, slip] = [setRate(playback, chance.oneOf([0.5, 1, 1.5]), now, 8220), 0]
    else playback = act(playback, at, 8220)
    near(positionAt(playback, now, 8220), before, slip + 1e-4)
  }
})

law("the moment of a position is when the film is there", 300, (chance) => {
  const playback = { position: chance.between(0, 8000), rate: chance.oneOf([0.5, 1, 25 / 24, 2]), since: 1e9, is_playing: true }
  const target = chance.between(0, 8000)
  const moment = momentOf(playback, target, 8220)
  if (moment === null) assert.ok(target < playback.position)
  else near(positionAt(playback, moment, 8220), target, 1e-4)
})

law("a seek and a nudge land inside the film", 300, (chance) => {
  const playing = { position: 10, rate: 1, since: 1e9, is_playing: true }
  const sought = seek(playing, chance.between(-500, 9500), 1e9 + 5, 8220)
  const nudged = nudge(sought, chance.between(-9000, 9000), 1e9 + 50, 8220)
  for (const { position } of [sought, nudged]) assert.ok(position >= 0 && position <= 8220)
})

function drawHand(chance) {
  return Array.from({ length: chance.whole(1, 9) }, (_, n) => {
    const start = chance.whole(0, 900)
    const end = start + chance.whole(5, 120)
    const kind = chance.oneOf(["trivia", "theme", "poll", "quiz", "warning"])
    return { cue_id: `c${n}`, kind, pushed: chance.oneOf([true, true, false]), start, end, until: chance.oneOf([end, start + 3]) }
  })
}

law("what is on a phone is a function of its position", 400, (chance) => {
  const hand = drawHand(chance)
  const [earlier, later] = [chance.between(0, 1000), chance.between(0, 1000)].sort((one, other) => one - other)
  const ids = (cards) => cards.map((card) => card.cue_id)
  const before = [ids(soFar(hand, earlier)), current(hand, earlier)]
  const after = ids(soFar(hand, later))
  assert.deepEqual([ids(soFar(hand, earlier)), current(hand, earlier)], before, "going back shows what it showed")
  assert.ok(before[0].every((id) => after.includes(id)))
  const shown = before[1]
  if (!shown) return
  assert.ok(shown.pushed && shown.start <= earlier && earlier < shown.until && shown.kind !== "warning")
  const open = hand.filter((card) => isOpenHere(card, earlier) && earlier < card.until)
  assert.ok(!open.length || open.includes(shown))
})

law("every vote is counted once, and shares make a hundred", 300, (chance) => {
  const options = ["a", "b", "c"]
  const votes = Object.fromEntries(
    Array.from({ length: chance.whole(0, 30) }, (_, n) => [`guest-${n}`, chance.oneOf(["a", "b", "c", null])]),
  )
  const { counts, voters } = tally(votes, options)
  const sum = (numbers) => Object.values(numbers).reduce((one, other) => one + other, 0)
  assert.equal(sum(counts), voters)
  assert.equal(sum(shares(counts)), voters ? 100 : 0)
})
