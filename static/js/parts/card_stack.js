import { all, fromHtml, one } from "../lib/dom.js"

const FADE = 350
const EDGE = 3000

/**
 * The cards in front of the guest, one at a time where there is a pager, all of them where there is none. Takes over what the server rendered, fades in what comes, fades out what goes. Focus is never moved;
 * a card that holds the focus stays until the focus leaves it or another card takes its place.
 */
class CardStack extends HTMLElement {
  #ids = []
  #index = 0

  connectedCallback() {
    this.#cards = one(".card-stack__cards", this)
    this.#ids = all(".card", this.#cards).map((card) => card.dataset.cueId)
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-page]")
      if (button) this.#turn(Number(button.dataset.page))
    })
    this.addEventListener("focusout", () => this.dispatchEvent(new CustomEvent("turned", { bubbles: true })))
    this.#turn(0)
  }

  /**
   * @param {{cue_id: string, html: string, lang: string}[]} cards
   * @param {{news: Set<string>, mayStay?: string[]}} how which of them are new to this guest, and which may stay while the keys are on them
   */
  show(cards, { news = new Set(), mayStay = [] } = {}) {
    const ids = cards.map((card) => card.cue_id)
    const turnedTo = this.#ids[this.#index]
    this.#ids = ids
    this.#index = Math.max(0, ids.indexOf(turnedTo))
    for (const card of cards) this.#place(card, news.has(card.cue_id))
    for (const element of all(".card", this.#cards)) {
      const isHeld = !ids.length && mayStay.includes(element.dataset.cueId) && one(":focus-visible", element)
      if (!ids.includes(element.dataset.cueId) && !isHeld) this.#remove(element)
    }
    this.#turn(0)
  }

  /** The articles standing, by cue. */
  get cards() {
    return new Map(all(".card:not([data-leaving])", this).map((card) => [card.dataset.cueId, card]))
  }

  get front() {
    return this.#ids[this.#index]
  }

  #cards

  #place(card, isNew) {
    const standing = all(".card:not([data-leaving])", this.#cards).find((element) => element.dataset.cueId === card.cue_id)
    if (standing && (!card.html || standing.lang === card.lang)) return
    const element = fromHtml(card.html ?? "")
    if (!element) return
    if (standing) return standing.replaceWith(element)
    element.dataset.arriving = ""
    setTimeout(() => delete element.dataset.arriving, FADE + 50)
    if (isNew) this.#edge(element)
    this.#cards.append(element)
  }

  #edge(element) {
    element.dataset.new = ""
    setTimeout(() => delete element.dataset.new, EDGE)
  }

  #remove(element) {
    if ("leaving" in element.dataset) return
    element.dataset.leaving = ""
    element.inert = true
    setTimeout(() => element.remove(), FADE)
  }

  #turn(by) {
    const last = Math.max(0, this.#ids.length - 1)
    this.#index = Math.min(last, Math.max(0, this.#index + by))
    const pager = one(".card-stack__pager", this)
    if (!pager) return
    for (const [id, card] of this.cards) card.hidden = this.#ids.length > 0 && id !== this.#ids[this.#index]
    pager.hidden = last === 0
    one(".card-stack__count", pager).textContent = `${this.#index + 1} / ${last + 1}`
    // Not `disabled`: the keys that have come to the last card would lose their place.
    one('[data-page="-1"]', pager).setAttribute("aria-disabled", String(this.#index === 0))
    one('[data-page="1"]', pager).setAttribute("aria-disabled", String(this.#index === last))
    if (by) this.dispatchEvent(new CustomEvent("turned", { bubbles: true }))
  }
}

customElements.define("card-stack", CardStack)
