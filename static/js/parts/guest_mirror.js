import { command } from "../lib/command.js"
import { all, fromHtml, on, one, write } from "../lib/dom.js"
import { Stage, nowIn } from "../lib/stage.js"
import { t } from "../lib/words.js"

/** What the phones show now, rendered from the same cards by the same rule; nothing in it can be pressed. Needs `room`. */
class GuestMirror extends HTMLElement {
  #shown = ""
  #stage = new Stage()
  /** @type {any} */
  #again = null

  connectedCallback() {
    on(this, "click", "[data-take-away]", () => command(this, "take_away", { cue_id: this.#shown }))
  }

  changed(what) {
    if (what.has("clock") && what.size === 1) return
    const { part, hold_all, black } = this.room.snapshot.room
    const card = this.#front(part)
    one("[data-nothing]", this).textContent = nothingWords(part, this.room.snapshot.cards)
    if ((card?.cue_id ?? "") !== this.#shown || what.has("snapshot")) this.#show(card)
    one("[data-take-away]", this).hidden = !card || card.cue_id !== this.room.current()?.cue_id
    write(one("[data-held-words]", this), part === "ended" ? "" : [black && t("Everything is black."), hold_all && t("Everything is held.")].filter(Boolean).join(" "))
    if (card) fill(one("[data-mirror]", this), this.room.snapshot, card.cue_id)
  }

  /** What a phone has in front: also a result that is being read, until its time is over. The lobby is everybody's own. */
  #front(part) {
    if (part === "before") return this.room.current()
    const now = nowIn(this.room)
    const [card] = this.#stage.cards(now)
    clearTimeout(this.#again)
    const seconds = this.#stage.changesIn(now.now)
    if (seconds < Infinity) this.#again = setTimeout(() => this.changed(new Set(["stage"])), seconds * 1000)
    return card ?? null
  }

  #show(card) {
    this.#shown = card?.cue_id ?? ""
    const place = one("[data-mirror]", this)
    for (const old of all("article", place)) old.remove()
    one("[data-nothing]", this).hidden = Boolean(card)
    if (!card?.html) return
    const article = fromHtml(card.html)
    article.inert = true
    place.append(article)
  }
}

/** The lobby's cards are a stack that each guest pages through alone. */
function nothingWords(part, cards) {
  const lobby = cards.some((card) => card.part === "before") ? t("They read the lobby’s cards, each at their own pace.") : t("Nothing yet. They are coming in.")
  return { before: lobby, film: t("Nothing. They are watching.") }[part] ?? t("Nothing just now.")
}

/** The result, where the phones see one. */
function fill(place, { results }, cueId) {
  const shown = results?.[cueId]
  const card = one(".poll-card", place)
  if (!card) return
  if (shown) card.dataset.state = "result"
  else card.removeAttribute("data-state")
  for (const option of all("[data-option-id]", card)) {
    const count = shown?.counts[option.dataset.optionId] ?? 0
    one(".poll-card__count", option).textContent = shown ? count : ""
    option.style.setProperty("--share", shown ? count / Math.max(1, shown.voters) : 0)
    option.toggleAttribute("data-right", shown?.answer === option.dataset.optionId)
  }
}

customElements.define("guest-mirror", GuestMirror)
