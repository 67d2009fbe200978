// @ts-check
/** @typedef {import("./surroundings.js").Surroundings} Surroundings */

/**
 * Where this guest's own film stands while it does not run: an ad, a pause of one's own (ROOM 17). Kept through a reload, because
 * only this phone knows it.
 */
export class Standing {
  #surroundings
  #key
  /** @type {number | null} own position, seconds */
  at = null

  /** @param {Surroundings} surroundings @param {string} key */
  constructor(surroundings, key) {
    this.#surroundings = surroundings
    this.#key = key
  }

  /**
   * @param {boolean} isAway
   * @param {number} position where the film would be if it ran
   */
  update(isAway, position) {
    if (!isAway) {
      if (this.at !== null) this.#surroundings.storage.removeItem(this.#key)
      this.at = null
    } else if (this.at === null && Number.isFinite(position)) {
      this.at = this.#kept() ?? position
      this.#keep()
    }
  }

  #kept() {
    const kept = Number.parseFloat(this.#surroundings.storage.getItem(this.#key) ?? "")
    return Number.isFinite(kept) ? kept : null
  }

  #keep() {
    try {
      this.#surroundings.storage.setItem(this.#key, String(this.at))
    } catch {
      // Storage full or forbidden: a reload during the ad starts counting anew.
    }
  }
}
