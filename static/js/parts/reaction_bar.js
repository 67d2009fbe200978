import { all, on, one, tell } from "../lib/dom.js"

const TOGETHER = 1000
const GLOW = 500
const PULSE_STAYS = 4000
/** What others feel at another place of the film, seconds, is not about what this guest sees. */
const NEAR = 10

/** Six emoji within the thumb's reach. Taps are gathered for a second and told as one "react" event. */
class ReactionBar extends HTMLElement {
  #counts = {}
  #timer = null
  #pulseTimer = null
  #pulseAt = -Infinity

  connectedCallback() {
    on(this, "click", ".reaction-bar__one", (_event, button) => this.count(button.dataset.emoji))
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    clearTimeout(this.#pulseTimer)
  }

  get first() {
    return one(".reaction-bar__one", this)?.dataset.emoji
  }

  /** One more, from a tap here or on the dark screen. */
  count(emoji) {
    if (!emoji) return
    this.#counts[emoji] = Math.min(30, (this.#counts[emoji] ?? 0) + 1)
    this.#timer ??= setTimeout(() => this.#send(), TOGETHER)
    this.#glow(emoji)
  }

  /** What the whole room felt a moment ago, `away` seconds of film from here; at most once a second, and it stays a little. */
  pulse(counts, away) {
    if (away > NEAR || performance.now() - this.#pulseAt < 1000) return
    this.#pulseAt = performance.now()
    const line = one(".reaction-bar__pulse", this)
    const most = Object.entries(counts).sort((a, b) => b[1] - a[1]).slice(0, 3)
    line.replaceChildren(...most.flatMap(([emoji, count]) => [lamp(emoji), ` ${count}  `]))
    line.toggleAttribute("data-on", most.length > 0)
    clearTimeout(this.#pulseTimer)
    this.#pulseTimer = setTimeout(() => line.removeAttribute("data-on"), PULSE_STAYS)
  }

  /** Those that wait for a connection. @param {Set<string>} emojis */
  markUnsent(emojis) {
    for (const button of all(".reaction-bar__one", this)) button.toggleAttribute("data-unsent", emojis.has(button.dataset.emoji))
  }

  #send() {
    this.#timer = null
    const counts = this.#counts
    this.#counts = {}
    tell(this, "react", { counts })
  }

  #glow(emoji) {
    const button = all(".reaction-bar__one", this).find((other) => other.dataset.emoji === emoji)
    button?.setAttribute("data-counted", "")
    setTimeout(() => button?.removeAttribute("data-counted"), GLOW)
  }
}

function lamp(emoji) {
  const span = document.createElement("span")
  span.className = "emoji"
  span.textContent = emoji
  return span
}

customElements.define("reaction-bar", ReactionBar)
