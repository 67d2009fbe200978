// @ts-check
import { make } from "./dom.js"

/**
 * Keeps the screen on where the browser can: a wake lock on https, on plain http a still film that plays unseen and silent.
 * `told("on" | "trying" | "off" | "cannot")` is honest: a playing film is no promise.
 */
export class Awake {
  #told
  #films
  #isWanted = false
  /** @type {any} */
  #lock = null
  /** @type {HTMLVideoElement | null} */
  #film = null

  /** @param {string[]} films addresses of the still film @param {(how: "on" | "trying" | "off" | "cannot") => void} told */
  constructor(films, told) {
    this.#films = films
    this.#told = told
    document.addEventListener("visibilitychange", () => this.#again())
    document.addEventListener("pointerup", () => this.#again())
  }

  /** @param {boolean} on */
  want(on) {
    this.#isWanted = on
    if (on) return this.#hold()
    this.#lock?.release()
    this.#film?.remove()
    this.#lock = this.#film = null
    this.#told("off")
  }

  #again() {
    if (this.#isWanted && !document.hidden && !this.#isHeld) this.#hold()
  }

  get #isHeld() {
    return this.#lock ? !this.#lock.released : Boolean(this.#film && !this.#film.paused)
  }

  async #hold() {
    const { wakeLock } = /** @type {any} */ (navigator)
    try {
      if (!wakeLock) return await this.#play()
      const lock = await wakeLock.request("screen")
      if (!this.#isWanted) return void lock.release()
      this.#lock = lock
      lock.addEventListener("release", () => this.#takenBack(lock))
      this.#told("on")
    } catch {
      this.#told("cannot")
    }
  }

  /** By a phone that saves its battery, say. Of a page that is hidden it always is, and comes again with the page. @param {any} lock */
  #takenBack(lock) {
    if (lock === this.#lock && this.#isWanted && !document.hidden) this.#told("cannot")
  }

  /** Not `loop`: WebKit lets the screen go dark over films that loop. */
  async #play() {
    this.#film ??= this.#made()
    await (/** @type {HTMLVideoElement} */ (this.#film)).play()
    this.#told("trying")
  }

  #made() {
    const film = make("video", { class: "still-film", playsinline: true, disableremoteplayback: true, "aria-hidden": "true", tabindex: -1 })
    film.muted = true
    film.append(...this.#films.map((src) => make("source", { src })))
    film.addEventListener("ended", () => void film.play().catch(() => this.#told("cannot")))
    document.body.append(film)
    return film
  }
}
