// @ts-check
import { Refused } from "./refused.js"

/** @typedef {import("./surroundings.js").Surroundings} Surroundings */
/** @typedef {{command: string, fields: Record<string, any>, kept_at: number}} Kept kept_at: wall seconds */

const MOST = 60
/** A day: after that the room is over anyway. */
const LONGEST = 86400
/** What found nobody is tried again after this, also when no connection was seen to end: a server may be slow. */
const AGAIN_AFTER = 2
/** Votes may come twice a second, reactions once. */
const BETWEEN = 1.1
/** These say "not now" and nothing about the vote itself. */
const TRY_AGAIN = new Set(["too_fast", "not_saved"])

/**
 * Votes and reactions made while the phone was out of reach: kept through a reload, sent once on return, each with the op_id it was
 * born with, so that one that did arrive counts once.
 */
export class Outbox {
  #surroundings
  #key
  /** @type {(command: string, fields: object) => Promise<any>} */
  #ask
  #settled
  /** @type {Kept[]} */
  #kept
  #isSending = false
  /** @type {any} */
  #again = null

  /**
   * @param {Surroundings} surroundings
   * @param {string} key
   * @param {(command: string, fields: object) => Promise<any>} ask
   * @param {(kept: Kept, ack: any, refused: Refused | null) => void} settled told once what became of each
   */
  constructor(surroundings, key, ask, settled) {
    this.#surroundings = surroundings
    this.#key = key
    this.#ask = ask
    this.#settled = settled
    this.#kept = this.#read()
  }

  /** What still waits, oldest first. */
  get waiting() {
    return this.#kept
  }

  /**
   * @param {string} command
   * @param {Record<string, any>} fields
   */
  keep(command, fields) {
    this.#kept = this.#kept.filter((kept) => !isSameVote(kept, command, fields))
    this.#kept.push({ command, fields, kept_at: this.#surroundings.wall() })
    this.#kept = this.#kept.slice(-MOST)
    this.#write()
    this.#sendLater()
  }

  /**
   * Something got through meanwhile: an older vote on the same question must not follow it.
   * @param {string} command
   * @param {Record<string, any>} fields
   */
  overtaken(command, fields) {
    const left = this.#kept.filter((kept) => !isSameVote(kept, command, fields))
    if (left.length === this.#kept.length) return
    this.#kept = left
    this.#write()
  }

  /** Back: send what waited, one after the other. Stops where nobody answers and keeps the rest. */
  async send() {
    if (this.#isSending) return
    this.#isSending = true
    try {
      while (this.#kept.length && (await this.#sendFirst())) {
        if (this.#kept.length) await this.#pause()
      }
    } finally {
      this.#isSending = false
    }
    if (this.#kept.length) this.#sendLater()
  }

  stop() {
    this.#surroundings.forget(this.#again)
  }

  #sendLater() {
    this.stop()
    this.#again = this.#surroundings.after(AGAIN_AFTER, () => this.send())
  }

  async #sendFirst() {
    const [first] = this.#kept
    try {
      this.#drop(first, await this.#ask(first.command, first.fields), null)
      return true
    } catch (error) {
      if (!(error instanceof Refused) || TRY_AGAIN.has(error.code)) return false
      this.#drop(first, error.ack, error)
      return true
    }
  }

  /** @param {Kept} kept @param {any} ack @param {Refused | null} refused */
  #drop(kept, ack, refused) {
    this.#kept = this.#kept.filter((other) => other !== kept)
    this.#write()
    this.#settled(kept, ack, refused)
  }

  #pause() {
    return new Promise((resolve) => this.#surroundings.after(BETWEEN, () => resolve(null)))
  }

  #read() {
    try {
      const kept = JSON.parse(this.#surroundings.storage.getItem(this.#key) ?? "[]")
      const oldest = this.#surroundings.wall() - LONGEST
      return Array.isArray(kept) ? kept.filter((one) => one?.fields?.op_id && one.kept_at > oldest) : []
    } catch {
      return []
    }
  }

  #write() {
    try {
      if (this.#kept.length) this.#surroundings.storage.setItem(this.#key, JSON.stringify(this.#kept))
      else this.#surroundings.storage.removeItem(this.#key)
    } catch {
      // Storage full or forbidden: what waits lives as long as this page.
    }
  }
}

/** @param {Kept} kept @param {string} command @param {Record<string, any>} fields */
function isSameVote(kept, command, fields) {
  return command === "vote" && kept.command === "vote" && kept.fields.cue_id === fields.cue_id
}
