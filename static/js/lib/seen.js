// @ts-check
import { keep, kept } from "./kept.js"

/** Which cards this guest has been told of and has looked at in "so far": kept on the device, one room at a time. */
export class Seen {
  #key
  #told
  #looked
  /** The first answer of a visit: what is there already is not news to somebody who comes back or comes late. */
  #isFirst = true

  /** @param {string} room code and seat */
  constructor(room) {
    this.#key = `seen.${room}`
    const { told = [], looked = [] } = kept(this.#key, {})
    this.#told = new Set(told)
    this.#looked = new Set(looked)
  }

  /** Those of the cards that have not been announced on this phone yet. A card announces itself once. @param {string[]} ids */
  news(ids) {
    const news = new Set(ids.filter((id) => !this.#told.has(id)))
    for (const id of ids) this.#told.add(id)
    if (news.size) this.#write()
    const isFirst = this.#isFirst
    this.#isFirst = false
    return isFirst ? new Set() : news
  }

  /** @param {string[]} ids @param {string[]} inFront cards on the stage count as looked at */
  unread(ids, inFront) {
    const before = this.#looked.size
    for (const id of inFront) this.#looked.add(id)
    if (this.#looked.size !== before) this.#write()
    return new Set(ids.filter((id) => !this.#looked.has(id)))
  }

  /** @param {string[]} ids */
  look(ids) {
    for (const id of ids) this.#looked.add(id)
    this.#write()
  }

  #write() {
    keep(this.#key, { told: [...this.#told], looked: [...this.#looked] })
  }
}
