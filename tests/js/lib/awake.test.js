import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

/** What a browser has of a screen that stays on: the lock, and the ways in which it takes it back. */
class Lock extends EventTarget {
  released = false

  release() {
    this.released = true
    this.dispatchEvent(new Event("release"))
  }
}

const { Awake } = await import("../../../static/js/lib/awake.js")
let asked
let may
let told
let awake

beforeEach(() => {
  globalThis.document = Object.assign(new EventTarget(), { hidden: false })
  asked = []
  may = true
  const request = async () => {
    if (!may) throw new Error("NotAllowedError")
    asked.push(new Lock())
    return asked.at(-1)
  }
  Object.defineProperty(globalThis, "navigator", { value: { wakeLock: { request } }, configurable: true })
  told = []
  awake = new Awake([], (how) => told.push(how))
})

const settled = () => new Promise((resolve) => setImmediate(resolve))

async function isHidden(hidden) {
  document.hidden = hidden
  if (hidden) asked.at(-1).release()
  document.dispatchEvent(new Event("visibilitychange"))
  await settled()
}

test("a screen that is held on is said to stay on, and let go when nobody wants it any more", async () => {
  awake.want(true)
  assert.deepEqual(told, [], "it is not said before it is so")
  await settled()
  awake.want(false)
  assert.deepEqual(told, ["on", "off"])
  assert.ok(asked[0].released)
})

test("a no is told as a no, and the next touch asks again", async () => {
  may = false
  awake.want(true)
  await settled()
  assert.deepEqual(told, ["cannot"])
  may = true
  document.dispatchEvent(new Event("pointerup"))
  await settled()
  assert.deepEqual(told, ["cannot", "on"])
})

test("a lock that goes with a hidden page comes again with it", async () => {
  awake.want(true)
  await settled()
  await isHidden(true)
  await isHidden(false)
  assert.deepEqual(told, ["on", "on"])
  assert.equal(asked.length, 2)
  assert.ok(!asked[1].released)
})

test("a lock that the phone takes back while one looks is not called held", async () => {
  awake.want(true)
  await settled()
  asked[0].release()
  assert.deepEqual(told, ["on", "cannot"])
})

test("whoever changes their mind before the answer is not left with a screen that stays on", async () => {
  awake.want(true)
  awake.want(false)
  await settled()
  assert.ok(asked[0].released)
  assert.deepEqual(told, ["off"])
})
