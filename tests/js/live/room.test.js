import assert from "node:assert/strict"
import { test } from "node:test"
import { Server } from "./wire.js"
import { Phone, World } from "./world.js"

const { join } = await import("../../../static/js/live/room.js")

async function joined({ role = "guest", ...choices } = {}) {
  const world = new World(5)
  const server = new Server(world)
  const phone = new Phone(world, choices)
  const room = join({ code: "123456", role }, phone.surroundings)
  const error = () => room.position() - world.time
  return { world, server, phone, room, error }
}

test("a phone knows where the film is with the first thing it hears, two ways there and back after it came", async () => {
  const { world, server, room, error } = await joined({ offset: -7e5, ppm: 60 })
  server.way = 0.1
  await world.passing(0.41)
  assert.equal(room.connection, "live")
  assert.ok(Math.abs(error()) < 0.001 && room.clock.bound < 0.11)
  await world.passing(0.1)
  assert.ok(server.probes > 0, "and asks on from there")
})

test("a server that is killed and starts again finds its phones within seconds, and no phone lost its place", async () => {
  const { world, server, room, error } = await joined()
  await world.passing(20)
  server.kill()
  await world.passing(1)
  assert.equal(room.connection, "lost")
  assert.ok(Math.abs(error()) < 0.001)
  server.begin()
  await world.passing(2.7)
  assert.equal(room.connection, "live")
  assert.ok(Math.abs(error()) < 0.001 && room.clock.bound < 0.05)
})

test("a remote is back within two seconds of its server, however long that was away", async () => {
  const { world, server, room } = await joined({ role: "host" })
  await world.passing(20)
  for (const away of [2, 11, 30, 60, 47, 61, 62, 63, 120, 301]) {
    server.kill()
    await world.passing(away)
    assert.equal(room.connection, "lost")
    server.begin()
    await world.passing(1.9)
    assert.equal(room.connection, "live", `after ${away} s`)
  }
})

test("a line that died while nobody looked is left within two seconds of waking", async () => {
  const { world, server, phone, room } = await joined()
  await world.passing(400)
  server.sockets.clear()
  const met = server.knocks
  phone.wake()
  await world.passing(2.1)
  assert.equal(server.knocks, met + 1)
  assert.equal(room.connection, "live")
})

test("a phone that slept ten minutes does not ask a line that must be dead: it is right two ways there and back after waking", async () => {
  const { world, server, phone, room, error } = await joined()
  await world.passing(400)
  server.sockets.clear()
  world.sleep(600, phone)
  server.world.at(world.time, () => phone.wake())
  await world.passing(0.05)
  assert.equal(room.connection, "live")
  assert.ok(Math.abs(error()) < 0.001)
})

test("a phone picked up while its last knock hangs is in within a second and a bit, whenever that knock was", async () => {
  for (let later = 0; later < 6; later += 0.7) {
    const { world, server, phone, room } = await joined()
    await world.passing(400)
    server.sockets.clear()
    server.is = "hung"
    phone.wake()
    await world.passing(7 + later)
    assert.notEqual(room.connection, "live")
    server.is = "up"
    phone.wake()
    await world.passing(1.1)
    assert.equal(room.connection, "live", `${later} s later`)
  }
})

test("a line that dies between opening and being let in is given up, and the next one is better", async () => {
  const { world, server, room } = await joined()
  server.world.at(0.025, () => (server.is = "hung"))
  await world.passing(9)
  assert.equal(room.connection, "connecting")
  server.is = "up"
  await world.passing(4)
  assert.equal(room.connection, "live")
})

test("a server that stands still while phones connect is found within twelve seconds of going on", async () => {
  const { world, server, room } = await joined()
  await world.passing(30)
  server.kill()
  server.is = "hung"
  await world.passing(60)
  assert.equal(room.connection, "lost")
  server.begin()
  await world.passing(12)
  assert.equal(room.connection, "live")
})

test("where a network swallows WebSockets without a word, the phone comes in by polling", async () => {
  const { world, server, room, error } = await joined()
  server.takesSockets = false
  await world.passing(12)
  assert.equal(room.connection, "live")
  assert.ok(Math.abs(error()) < 0.02 && Math.abs(error()) <= room.clock.bound)
  assert.equal((await room.send("vote", { cue_id: "one", option_id: "a" }).then(...[(ack) => ack], world.passing(1))).ok, true)
})

test("a vote that nobody answered is sent again though the line held, and never after a newer one", async () => {
  const { world, server, room } = await joined()
  await world.passing(2)
  server.answers = () => undefined
  const kept = room.send("vote", { cue_id: "one", option_id: "a", op_id: "first" }, { keep: true }).catch((unsent) => unsent)
  await world.passing(6)
  assert.equal((await kept).kept, true)
  server.answers = (_, { option_id }) => ({ ok: true, option_id })
  room.send("vote", { cue_id: "one", option_id: "b", op_id: "second" }, { keep: true })
  await world.passing(20)
  assert.equal(room.snapshot.votes.one, "b")
  assert.equal(server.heardCommands.findLast(({ command }) => command === "vote").op_id, "second")

  server.answers = () => undefined
  const again = room.send("vote", { cue_id: "two", option_id: "a", op_id: "third" }, { keep: true }).catch(() => {})
  await world.passing(6)
  await again
  server.answers = (_, { option_id }) => ({ ok: true, option_id })
  await world.passing(4)
  assert.equal(room.snapshot.votes.two, "a")
  assert.deepEqual(room.unsent, [])
})

test("half a minute without wifi: the film runs on, and a vote made meanwhile is sent once, within three seconds of the return", async () => {
  const { world, server, phone, room, error } = await joined({ ppm: 80 })
  await world.passing(400)
  server.is = "hung"
  const vote = room.send("vote", { cue_id: "one", option_id: "a", op_id: "once" }, { keep: true }).catch((unsent) => unsent)
  await world.passing(30)
  assert.equal((await vote).kept, true)
  assert.ok(Math.abs(error()) < 0.003)
  server.sockets.clear()
  server.is = "up"
  server.answers = (_, { option_id }) => ({ ok: true, option_id })
  phone.wake("online")
  await world.passing(3)
  assert.equal(room.connection, "live")
  assert.equal(room.snapshot.votes.one, "a")
  await world.passing(60)
  assert.equal(server.heardCommands.filter(({ command }) => command === "vote").length, 1)
})

test("a line that died unnoticed is found out by the first vote that nobody answers", async () => {
  const { world, server, room } = await joined()
  await world.passing(400)
  server.is = "hung"
  room.send("vote", { cue_id: "one", option_id: "a", op_id: "once" }, { keep: true }).catch(() => {})
  await world.passing(7.1)
  assert.equal(room.connection, "lost")
  await world.passing(6)
  server.begin()
  await world.passing(8)
  assert.equal(room.connection, "live")
  assert.deepEqual(room.unsent, [])
})

test("what was lost on the way is asked for when a probe tells of it, also from a server that was too slow at first", async () => {
  const { world, server, room } = await joined()
  await world.passing(2)
  server.revision = 9
  const answer = server.answer
  server.answer = (socket, number, asked) => (asked.startsWith('["snapshot"') ? null : answer.call(server, socket, number, asked))
  await world.passing(22)
  assert.equal(room.snapshot.revision, 1)
  server.answer = answer
  await world.passing(9)
  assert.equal(room.snapshot.revision, 9)
})

test("three hours of a steady film: few timers, few questions, nothing piles up, and the clock is right all along", async () => {
  const { world, server, phone, room, error } = await joined({ ppm: -70, offset: 4e4 })
  await world.passing(400)
  const [timers, frames, probes, pending] = [phone.timers, phone.frames, server.probes, world.pending]
  let most = 0
  for (let minute = 0; minute < 180; minute++) {
    await world.passing(60)
    most = Math.max(most, Math.abs(error()))
    assert.ok(Math.abs(error()) <= room.clock.bound)
  }
  assert.ok(most < 0.003, `off by ${most}`)
  assert.ok(phone.timers - timers < 10_800 / 10, `${phone.timers - timers} timers`)
  assert.equal(phone.frames, frames)
  assert.ok(server.probes - probes <= 3 * 220, `${server.probes - probes} probes`)
  assert.ok(world.pending <= pending + 5, `${world.pending} things waited for`)
})

test("a hidden page asks nothing for an hour, and everything when it is seen again", async () => {
  const { world, server, phone, room, error } = await joined()
  await world.passing(400)
  phone.hiddenNow = true
  await world.passing(61)
  const { probes } = server
  await world.passing(3600)
  assert.equal(server.probes, probes)
  phone.hiddenNow = false
  const asked = server.heardCommands.length
  phone.wake()
  await world.passing(1)
  assert.equal(server.probes, probes + 6)
  assert.ok(server.heardCommands.slice(asked).some(({ command }) => command === "snapshot"))
  assert.ok(Math.abs(error()) < 0.001 && room.clock.bound < 0.02)
})

test("a refusal that no waiting will change is told and not asked again; any other is", async () => {
  const { world, server, room } = await joined()
  await world.passing(5)
  server.kill()
  server.refuses = { code: "failed", sentence: "Something went wrong on the server." }
  server.begin()
  await world.passing(20)
  assert.equal(room.connection, "lost")
  assert.ok(server.knocks > 3)
  server.refuses = { code: "removed", sentence: "The host has taken you out of this room." }
  await world.passing(10)
  assert.equal(room.connection, "refused")
  assert.deepEqual(room.refused, server.refuses)
  const knocks = server.knocks
  server.refuses = null
  await world.passing(600)
  assert.equal(server.knocks, knocks)
})

test("a page hears of a lost connection at once, and again after the two seconds of its dot and the ten of its sentence", async () => {
  const { world, server, room } = await joined()
  await world.passing(20)
  const told = []
  room.addEventListener("change", ({ detail }) => detail.what.has("connection") && room.connection !== "live" && told.push(room.lostFor))
  server.kill()
  await world.passing(12)
  assert.ok(told[0] < 0.5, `${told}`)
  for (const moment of [2, 10]) assert.ok(told.some((lostFor) => lostFor >= moment && lostFor < moment + 0.1), `${told}`)
})
