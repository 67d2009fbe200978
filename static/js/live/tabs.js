// @ts-check
/** @typedef {import("./surroundings.js").Surroundings} Surroundings */

/**
 * One guest, one tab: the newest speaks, the others fall silent and say so.
 */
export class Tabs {
  #channel
  #id

  /**
   * @param {Surroundings} surroundings
   * @param {string} name what the tabs have in common
   * @param {() => void} elsewhere another tab took over
   */
  constructor(surroundings, name, elsewhere) {
    this.#id = surroundings.random()
    this.#channel = surroundings.channel(name, (message) => {
      if (message?.here !== this.#id) elsewhere()
    })
  }

  /** This tab is the one from now on. */
  claim() {
    this.#channel.say({ here: this.#id })
  }

  close() {
    this.#channel.close()
  }
}
