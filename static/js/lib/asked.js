// @ts-check

/** Switches, each by its name: a second press before the answer means the opposite of the first, not the same once more. */
export class Asked {
  /** @type {Map<string, {on: boolean}>} */
  #unanswered = new Map()

  /**
   * @param {string} name
   * @param {boolean} isOn what the room says
   * @param {(on: boolean) => Promise<any>} ask
   */
  async turn(name, isOn, ask) {
    const asked = { on: !(this.#unanswered.get(name)?.on ?? isOn) }
    this.#unanswered.set(name, asked)
    try {
      return await ask(asked.on)
    } finally {
      if (this.#unanswered.get(name) === asked) this.#unanswered.delete(name)
    }
  }
}
