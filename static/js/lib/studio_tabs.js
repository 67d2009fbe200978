// @ts-check
/** Several tabs on one sheet: each has a name of its own, knows which others are alive, and takes over from those that are not. */

const ANSWER_WITHIN_MS = 150

export class Tabs extends EventTarget {
  #channel
  /** @type {Set<string>} */
  #alive = new Set()

  /** @param {string} slug */
  constructor(slug) {
    super()
    this.slug = slug
    this.name = sessionStorage.getItem("studio-tab") ?? named()
    this.#channel = new BroadcastChannel(`studio-${slug}`)
    this.#channel.onmessage = ({ data }) => this.#heard(data)
  }

  /** Who else is here. A tab that was duplicated takes a new name. @returns {Promise<Set<string>>} */
  async meet() {
    this.#alive.clear()
    this.#channel.postMessage({ says: "hello", name: this.name })
    await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS))
    if (this.#alive.has(this.name)) this.name = named()
    sessionStorage.setItem("studio-tab", this.name)
    return this.#alive
  }

  /** Tell the others that the server has something new. */
  tellSaved() {
    this.#channel.postMessage({ says: "saved", name: this.name })
  }

  close() {
    this.#channel.close()
  }

  /** @param {{says: string, name: string}} told */
  #heard({ says, name }) {
    if (says === "hello") this.#channel.postMessage({ says: "here", name: this.name })
    if (says === "here") this.#alive.add(name)
    if (says === "saved") this.dispatchEvent(new CustomEvent("saved"))
  }
}

function named() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
