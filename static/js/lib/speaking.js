// @ts-check

/** How long a card may keep the reader waiting for their language, milliseconds. */
const PATIENCE = 3000

/** The page is in the language the reader chose; the cards follow before anything is drawn, so that none changes before their eyes. */
export class Speaking {
  #lang = document.documentElement.lang
  #hasAsked = false
  #isOver = /-X/.test(document.documentElement.lang)
  #ask
  #ready

  /** @param {(lang: string) => Promise<any>} ask @param {() => void} ready */
  constructor(ask, ready) {
    this.#ask = ask
    this.#ready = ready
  }

  /** @param {{you: {lang: string}, cards: {lang: string}[]}} snapshot */
  isRight({ you, cards }) {
    if (this.#isOver) return true
    if (you.lang === this.#lang && cards.every((card) => card.lang === this.#lang)) return true
    if (!this.#hasAsked) this.#change()
    return this.#isOver
  }

  #change() {
    this.#hasAsked = true
    const over = () => {
      this.#isOver = true
      this.#ready()
    }
    this.#ask(this.#lang).catch(over)
    setTimeout(over, PATIENCE)
  }
}
