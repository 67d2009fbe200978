// @ts-check
/** Between the draft and the server: what changed goes out within three seconds, what others changed comes in, and a lost line is waited out. */

const AFTER_MS = 900
const AT_MOST_MS = 2500
const ASK_EVERY_MS = 5000
const RETRY_MS = [1000, 2000, 4000, 8000]

/** @typedef {"saved" | "unsent" | "sending" | "offline" | "locked" | "refused"} Standing */

export class Sync extends EventTarget {
  #timer = 0
  #since = 0
  #failures = 0
  #sending = false
  /** @type {Standing} */
  standing = "saved"
  sentence = ""

  /** @param {import("./studio_draft.js").Draft} draft @param {string} api @param {() => string} author */
  constructor(draft, api, author) {
    super()
    this.draft = draft
    this.api = api
    this.author = author
    draft.addEventListener("change", (event) => this.#changed(/** @type {CustomEvent} */ (event).detail))
    addEventListener("online", () => this.now())
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : this.now()))
    addEventListener("pagehide", () => this.#leave())
  }

  /** Send what is unsent and hear what is new; asks again every few seconds while the page is looked at. @param {string} [note] */
  async now(note = "") {
    clearTimeout(this.#timer)
    if (this.#sending) return this.#again(AFTER_MS)
    this.#sending = true
    this.#since = 0
    const sent = this.draft.document
    const changes = this.draft.unsent
    if (changes.length) this.#stand("sending")
    try {
      this.#answered(sent, await post(`${this.api}/edits`, { known: this.draft.server.revision, changes, by: this.author(), note }), changes.length > 0)
    } catch (error) {
      this.#failed(error)
    }
    this.#sending = false
    if (!document.hidden || this.draft.unsent.length) this.#again(this.#wait())
  }

  /** @param {any} sent @param {any} answer @param {boolean} hadChanges */
  #answered(sent, answer, hadChanges) {
    this.#failures = 0
    this.draft.receive(sent, answer)
    this.draft.learn(answer)
    this.#stand(this.draft.unsent.length ? "unsent" : "saved")
    if (hadChanges) this.dispatchEvent(new CustomEvent("sent"))
  }

  /** @param {any} error */
  #failed(error) {
    this.#failures += 1
    this.sentence = error instanceof Refusal ? error.message : ""
    if (!(error instanceof Refusal) || error.status >= 500 || error.status === 429) this.#stand("offline")
    else this.#stand(error.status === 404 ? "locked" : "refused")
  }

  #wait() {
    if (this.standing === "offline") return RETRY_MS[Math.min(this.#failures, RETRY_MS.length) - 1]
    return this.standing === "unsent" ? AFTER_MS : ASK_EVERY_MS
  }

  /** @param {{by: string}} detail */
  #changed({ by }) {
    if (by === "others" || this.standing === "locked") return
    this.#stand(this.standing === "offline" ? "offline" : "unsent")
    const now = Date.now()
    this.#since ||= now
    if (this.standing !== "offline") this.#again(Math.max(0, Math.min(AFTER_MS, this.#since + AT_MOST_MS - now)))
  }

  /** @param {number} ms */
  #again(ms) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.now(), ms)
  }

  /** A page that is being left sends the little it has; what is more is kept on this device anyway. */
  #leave() {
    const changes = this.draft.unsent
    const body = JSON.stringify({ known: this.draft.server.revision, changes, by: this.author(), note: "" })
    if (changes.length && body.length < 60_000) fetch(`${this.api}/edits`, { method: "POST", body, keepalive: true }).catch(() => {})
  }

  /** @param {Standing} standing */
  #stand(standing) {
    this.standing = standing
    this.dispatchEvent(new CustomEvent("standing"))
  }
}

/** An answer that says no, with the sentence for the person. */
export class Refusal extends Error {
  /** @param {number} status @param {any} told */
  constructor(status, told) {
    super(told?.detail ?? "")
    this.status = status
    this.faults = told?.faults ?? []
    this.code = told?.code ?? ""
  }
}

/** @param {string} path @param {any} [body] @returns {Promise<any>} */
export function post(path, body = {}) {
  return asked(path, { method: "POST", body: body instanceof Blob ? body : JSON.stringify(body) })
}

/** @param {string} path @param {RequestInit} [how] @returns {Promise<any>} */
export async function asked(path, how) {
  const answer = await fetch(path, { ...how, headers: { accept: "application/json" } })
  const told = await answer.json().catch(() => null)
  if (!answer.ok) throw new Refusal(answer.status, told)
  return told
}
