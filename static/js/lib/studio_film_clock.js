// @ts-check
/** Where the author's film is: run by hand beside a player nobody can see into, or following a room. */

export const REACTION = 0.25

export class FilmClock extends EventTarget {
  #position = 0
  #since = 0
  #playing = false
  /** @type {(() => number | null) | null} */
  #followed = null

  /** @param {string} key where a reload finds it again @param {() => number} [now] seconds */
  constructor(key, now = () => Date.now() / 1000) {
    super()
    this.key = key
    this.now = now
    this.reaction = Number(localStorage.getItem("studio-reaction") ?? REACTION)
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null")
    if (kept) [this.#position, this.#since, this.#playing] = kept
  }

  get isPlaying() {
    return this.#followed ? true : this.#playing
  }

  get isFollowing() {
    return this.#followed !== null
  }

  /** Seconds into the film now. */
  get position() {
    const followed = this.#followed?.()
    if (followed != null) return followed
    return this.#playing ? this.#position + this.now() - this.#since : this.#position
  }

  /** When the thing was seen that a press answers: now, less the time it takes to press. */
  get seen() {
    return Math.max(0, this.position - (this.isPlaying ? this.reaction : 0))
  }

  /** @param {boolean} playing */
  play(playing = true) {
    this.#set(this.position, playing)
  }

  /** "What does your player show?" @param {number} position */
  goTo(position) {
    this.#set(Math.max(0, position), this.#playing)
  }

  /** @param {number} seconds */
  react(seconds) {
    this.reaction = seconds
    localStorage.setItem("studio-reaction", String(seconds))
  }

  /** A room's position from now on, or (null) by hand again from where it was. @param {(() => number | null) | null} position */
  follow(position) {
    const here = this.position
    this.#followed = position
    if (!position) this.#set(here, false)
    this.dispatchEvent(new CustomEvent("change"))
  }

  /** For a second device: what it needs to go on alike. */
  told() {
    return { position: this.position, playing: this.isPlaying }
  }

  /** @param {number} position @param {boolean} playing */
  #set(position, playing) {
    this.#position = position
    this.#since = this.now()
    this.#playing = playing
    sessionStorage.setItem(this.key, JSON.stringify([position, this.#since, playing]))
    this.dispatchEvent(new CustomEvent("change"))
  }
}
