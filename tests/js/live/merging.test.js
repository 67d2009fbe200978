import assert from "node:assert/strict"
import { test } from "node:test"
import { EVERYTHING, Merging } from "../../../static/js/live/merging.js"

const PLAYING = { position: 10, rate: 1, since: 1000, is_playing: true }
const PAUSED = { position: 60, rate: 1, since: 1050, is_playing: false }

function snapshot(over = {}) {
  return {
    revision: 10,
    room: { code: "482917", part: "film", sheet_revision: 3 },
    you: { name: "Ana", delay: 0, lang: "en" },
    playback: PLAYING,
    playback_revision: 4,
    cards: [{ cue_id: "one", start: 5, end: 20, lang: "en", html: "<article>one</article>" }],
    votes: {},
    results: {},
    people: { here: 2, asleep: 0, gone: 0 },
    ...over,
  }
}

function held(over) {
  const merging = new Merging()
  merging.take(snapshot(over), true)
  return merging
}

test("a pause that was told before the snapshot was taken changes nothing any more", () => {
  const merging = held()
  assert.deepEqual(merging.apply("playback_changed", { playback: PAUSED, revision: 9 }), [])
  assert.deepEqual(merging.snapshot.playback, PLAYING)
  assert.deepEqual(merging.apply("playback_changed", { playback: PAUSED, playback_revision: 11, revision: 11 }), ["playback"])
  assert.deepEqual(merging.snapshot.playback, PAUSED)
  assert.equal(merging.snapshot.playback_revision, 11)
})

test("facts told twice or in the wrong order end where the newest says", () => {
  const facts = [
    ["playback_changed", { playback: PAUSED, revision: 11 }],
    ["playback_changed", { playback: { ...PLAYING, position: 60, since: 1100 }, revision: 12 }],
    ["cards_released", { cards: [{ cue_id: "two", start: 70, end: 80, lang: "en", html: "<article>two</article>" }], revision: 12 }],
    ["cards_released", { cards: [{ cue_id: "two", start: 90, end: 99, lang: "en", html: "<article>two</article>" }], revision: 14 }],
    ["part_changed", { part: "after", silence_until: 1500, revision: 15 }],
  ]
  const inOrder = held()
  for (const [name, fact] of facts) inOrder.apply(name, fact)
  for (const order of [[4, 3, 2, 1, 0], [0, 0, 1, 1, 0, 3, 2, 4, 2], [3, 4, 1, 0, 2]]) {
    const merging = held()
    for (const i of order) merging.apply(...facts[i])
    assert.deepEqual(merging.snapshot, inOrder.snapshot)
    assert.equal(merging.revision, 15)
  }
})

test("a snapshot that comes with a connection wins; one that facts have overtaken does not", () => {
  const merging = held()
  merging.apply("playback_changed", { playback: PAUSED, revision: 12 })
  assert.equal(merging.take(snapshot({ revision: 11 }), false), false)
  assert.deepEqual(merging.snapshot.playback, PAUSED)
  assert.equal(merging.take(snapshot({ revision: 11 }), true), true)
  assert.deepEqual(merging.snapshot.playback, PLAYING)
  assert.equal(merging.revision, 11)
})

test("html that is held need not come again", () => {
  const merging = held()
  assert.deepEqual(merging.known, ["one"])
  merging.take(snapshot({ revision: 12, cards: [{ cue_id: "one", start: 6, end: 21, lang: "en", html: "" }] }), false)
  assert.equal(merging.snapshot.cards[0].html, "<article>one</article>")
  assert.equal(merging.snapshot.cards[0].start, 6)
})

test("newer notes mean that no html held is known", () => {
  const merging = held()
  merging.apply("room_changed", { room: { code: "482917", part: "film", sheet_revision: 3, pace: "silent" }, revision: 11 })
  assert.deepEqual(merging.known, ["one"])
  merging.apply("room_changed", { room: { code: "482917", part: "film", sheet_revision: 4 }, revision: 12 })
  assert.deepEqual(merging.known, [])
})

test("a poll closes, opens again after an undo, and its result can be hidden again", () => {
  const merging = held({ cards: [{ cue_id: "who", kind: "poll", start: 5, end: 20, closed: false, lang: "en", html: "<poll-card>" }] })
  merging.apply("poll_closed", { cue_id: "who", still_to_come: 3, of: 8, revision: 11 })
  assert.deepEqual([merging.snapshot.cards[0].closed, merging.snapshot.cards[0].still_to_come], [true, 3])
  merging.apply("poll_opened", { cue_id: "who", revision: 12 })
  assert.equal(merging.snapshot.cards[0].closed, false)
  merging.apply("result_shown", { cue_id: "who", counts: { a: 2 }, voters: 2, shown_at: 1200, revision: 13 })
  assert.deepEqual(merging.results.who.counts, { a: 2 })
  assert.equal(merging.snapshot.cards[0].counted, true)
  merging.apply("result_hidden", { cue_id: "who", revision: 14 })
  assert.deepEqual([merging.results, merging.snapshot.cards[0].counted], [{}, true])
})

test("what the host takes away is gone", () => {
  const merging = held()
  merging.apply("cards_taken_away", { cue_ids: ["one"], revision: 11 })
  assert.deepEqual(merging.snapshot.cards, [])
})

test("facts without a revision do not count as news of the room, and strangers change nothing", () => {
  const merging = held()
  assert.deepEqual(merging.apply("people_changed", { people: { here: 5, asleep: 1, gone: 0 } }), ["people"])
  assert.equal(merging.snapshot.people.here, 5)
  assert.deepEqual(merging.apply("tally_changed", { cue_id: "who", counts: { a: 1 }, voters: 1 }), ["tallies"])
  assert.deepEqual(merging.apply("server_draining", {}), [])
  assert.deepEqual(merging.apply("constructor", {}), [])
  assert.equal(merging.revision, 10)
})

test("facts that come before any snapshot wait for it to tell them", () => {
  const merging = new Merging()
  assert.deepEqual(merging.apply("playback_changed", { playback: PAUSED, revision: 99 }), [])
  merging.take(snapshot(), true)
  assert.deepEqual(merging.snapshot.playback, PLAYING)
})

test("one's own act is true at once, as the server took it", () => {
  const merging = held()
  assert.deepEqual(merging.acknowledged("vote", { cue_id: "who", option_id: "a" }, { ok: true, option_id: "a" }), ["votes"])
  assert.deepEqual(merging.acknowledged("vote", { cue_id: "why", option_id: "b" }, { ok: true, option_id: null }), ["votes"])
  assert.deepEqual(merging.snapshot.votes, { who: "a", why: null })
  assert.deepEqual(merging.acknowledged("rename", { name: "  Ana\u202e " }, { ok: true, name: "Ana" }), ["you"])
  assert.deepEqual(merging.acknowledged("set_delay", { seconds: 40 }, { ok: true, delay: 40, in_ad: true }), ["you"])
  assert.deepEqual(merging.snapshot.you, { name: "Ana", delay: 40, lang: "en", in_ad: true })
  const ack = { ok: true, playback: PAUSED, playback_revision: 11, revision: 11 }
  assert.deepEqual(merging.acknowledged("pause", {}, ack), ["playback"])
})

test("a television that is not admitted yet has a snapshot without a room", () => {
  const merging = new Merging()
  merging.take({ revision: 3, now: 5, clock_epoch: "x", you: { role: "screen", admitted: false, letters: "WXYZ" } }, true)
  assert.deepEqual(merging.snapshot.cards, [])
  assert.ok(EVERYTHING.includes("snapshot"))
})

test("a host's own switch is on from its answer on, unless somebody has switched since", () => {
  const merging = held({ room: { code: "482917", part: "film", hold_all: false, black: false, locked: false, code_until: null } })
  const isOn = () => [merging.snapshot.room.black, merging.snapshot.room.hold_all, merging.snapshot.room.locked, merging.snapshot.room.code_until > 2e9]
  for (const [i, command] of ["black", "hold", "lock", "show_code"].entries()) {
    assert.deepEqual(merging.acknowledged(command, { cue_id: null, on: true }, { ok: true, revision: 11 + i }), ["part"])
  }
  assert.deepEqual(isOn(), [true, true, true, true])
  merging.apply("room_changed", { room: { ...merging.snapshot.room, black: false, code_until: 1060 }, revision: 20 })
  assert.deepEqual(merging.acknowledged("black", { on: true }, { ok: true, revision: 19 }), [])
  assert.deepEqual(merging.acknowledged("hold", { cue_id: "one", on: true }, { ok: true, revision: 21 }), [])
  assert.deepEqual(isOn(), [false, true, true, false])
})
