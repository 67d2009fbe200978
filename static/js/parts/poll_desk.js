import { cardWords } from "../lib/card_words.js"
import { command } from "../lib/command.js"
import { make, on, one } from "../lib/dom.js"
import { n, t } from "../lib/words.js"

const RECENT = 2

/** Polls that run or have run lately: counts (never who), close, show the result, raised hands. Needs `room`. */
class PollDesk extends HTMLElement {
  #hands = {}

  connectedCallback() {
    on(this, "click", "[data-close]", (_, b) => command(this, "close_poll", { cue_id: cueOf(b) }))
    on(this, "click", "[data-more]", (_, b) => command(this, "more_time", { cue_id: cueOf(b), seconds: 30 }))
    on(this, "click", "[data-reveal]", (_, b) => command(this, "reveal", { cue_id: cueOf(b), on: b.dataset.reveal === "on" }))
    on(this, "click", "[data-hand]", (_, b) => this.#raise(b))
  }

  changed(what) {
    if (["cards", "tallies", "results", "snapshot", "queue"].some((one) => what.has(one))) this.#show()
  }

  /** What the key R does: show the result of the last poll that waits for it. */
  revealLast() {
    one("[data-reveal=on]", this)?.click()
  }

  get mayReveal() {
    return Boolean(one("[data-reveal=on]", this))
  }

  async #raise(button) {
    const cue_id = cueOf(button)
    const option_id = button.closest("[data-option]").dataset.option
    const now = this.#handsOf(cue_id)[option_id] ?? 0
    const count = Math.max(0, now + Number(button.dataset.hand))
    const ack = await command(this, "hands", { cue_id, option_id, count })
    if (!ack) return
    this.#hands[cue_id] = ack.tally?.hands ?? { ...this.#handsOf(cue_id), [option_id]: count }
    this.#show()
  }

  #handsOf(cueId) {
    return this.#hands[cueId] ?? this.room.snapshot.tallies?.[cueId]?.hands ?? {}
  }

  #show() {
    const cards = (this.room.snapshot.cards ?? []).filter((card) => card.kind === "poll" || card.kind === "quiz")
    const begun = cards.filter((card) => card.shown_at || card.start === null || card.start <= this.room.position())
    const focus = document.activeElement?.closest?.("[data-poll]") && describe(document.activeElement)
    this.replaceChildren(...begun.slice(-RECENT).reverse().map((card) => this.#poll(card)))
    if (focus) one(focus, this)?.focus()
  }

  #poll(card) {
    const { tallies, results } = this.room.snapshot
    const tally = tallies?.[card.cue_id] ?? results?.[card.cue_id] ?? { counts: {}, voters: 0 }
    const hands = this.#handsOf(card.cue_id)
    const asked = cardWords(card)
    return make(
      "article",
      { class: "poll-desk__poll", "data-poll": card.cue_id, "data-closed": Boolean(card.closed) },
      make("h3", { dir: "auto" }, asked.words),
      make("ul", { role: "list" }, ...asked.options.map((option) => optionRow(option, tally, hands, card.closed))),
      make("p", { class: "small quiet" }, votersWords(tally, card)),
      make("div", { class: "row" }, ...this.#acts(card)),
    )
  }

  #acts(card) {
    const shown = this.room.snapshot.results?.[card.cue_id]
    if (!card.closed) return [button("data-close", t("Close it")), button("data-more", t("30 s more"))]
    if (shown) return card.results === "host" ? [button("data-reveal", t("Hide the result"), "off")] : [make("span", { class: "small quiet" }, t("Everyone has seen the result."))]
    if (!this.room.snapshot.to_reveal?.includes(card.cue_id)) return [make("span", { class: "small quiet" }, t("The result comes in a moment."))]
    return [button("data-reveal", t("Show the result"), "on")]
  }
}

/** The counts hold the raised hands already. */
function optionRow({ id, text }, { counts = {} }, hands, closed) {
  const count = counts[id] ?? 0
  const raised = hands[id] ?? 0
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0)
  const row = make(
    "li",
    { class: "poll-desk__option", "data-option": id },
    make("span", { class: "poll-desk__text", dir: "auto" }, text),
    make("span", { class: "poll-desk__count figures" }, String(count), raised ? make("small", {}, ` (${raised} ✋)`) : ""),
    closed
      ? ""
      : make("span", { class: "poll-desk__hands" }, handButton("1", t("A raised hand for: {text}", { text }), "✋+"), handButton("-1", t("One hand less for: {text}", { text }), "−")),
  )
  row.style.setProperty("--share", `${(100 * count) / Math.max(1, total)}%`)
  return row
}

function handButton(by, label, words) {
  return make("button", { class: "poll-desk__hand", type: "button", "data-hand": by, "aria-label": label }, words)
}

function button(attribute, words, value = "") {
  return make("button", { class: "button button--quiet", type: "button", [attribute]: value || true }, words)
}

function votersWords({ voters }, card) {
  const voted = n("{count} vote", "{count} votes", voters ?? 0)
  if (card.closed) return `${voted} · ${t("closed")}`
  return card.still_to_come ? `${voted} · ${n("{count} still to come", "{count} still to come", card.still_to_come)}` : voted
}

function cueOf(button_) {
  return button_.closest("[data-poll]").dataset.poll
}

/** Where the focus was, so that a fresh count does not lose it. */
function describe(element) {
  const option = element.closest("[data-option]")
  const poll = `[data-poll="${CSS.escape(cueOf(element))}"]`
  if (option) return `${poll} [data-option="${CSS.escape(option.dataset.option)}"] [data-hand="${element.dataset.hand}"]`
  return `${poll} button`
}

customElements.define("poll-desk", PollDesk)
