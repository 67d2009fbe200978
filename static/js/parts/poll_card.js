import { all, hide, one, tell, write } from "../lib/dom.js"
import { about } from "../lib/durations.js"
import { n, t } from "../lib/words.js"

/** Seconds left at which one may ask for 20 more (companion/rules/polls.py), and at which that is said aloud (WCAG 2.2.1). */
const ENOUGH = 40
const HURRY = 20

/**
 * A question with native radios. A tap votes and may be changed or taken back until voting is over; keys and assistive technology choose
 * with the radios and vote with the button, so that moving through the options never votes.
 */
class PollCard extends HTMLElement {
  #vote = null
  #state = "open"
  /** What the keys have chosen and not yet voted for. */
  #chosen = null
  #left = null
  #isFirst = true

  connectedCallback() {
    this.dataset.state ??= "open"
    this.addEventListener("click", this.#tapped)
    this.addEventListener("change", ({ target }) => (this.#chosen = target.value))
    this.addEventListener("focusout", ({ relatedTarget }) => this.contains(relatedTarget) || (this.#chosen = null))
    one(".poll-card__withdraw", this).addEventListener("click", () => this.#cast(null))
    one(".poll-card__more", this).addEventListener("click", () => tell(this, "command", { command: "more_time", fields: { cue_id: this.cueId, seconds: 20 } }))
    this.#said(one(".poll-card__left", this))
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#tapped)
  }

  get cueId() {
    return one("[name=cue_id]", this).value
  }

  /** What the Vote button sends. */
  submit() {
    const chosen = one(".poll-card__radio:checked", this)
    if (chosen && this.#state === "open") this.#cast(chosen.value)
  }

  /**
   * @param {{isOpen: boolean, vote: string | null, isUnsent: boolean, result: any, secondsLeft: number | null, stillToCome: number | null,
   *   tally: any, waitsForHost: boolean}} now
   */
  refresh(now) {
    const wasOut = this.#isFirst ? null : this.#state === "result"
    this.#isFirst = false
    this.#vote = now.vote ?? null
    this.#state = now.result ? "result" : now.isOpen ? "open" : "closed"
    this.dataset.state = this.#state
    this.#radios()
    this.#numbers(now.result ?? now.tally)
    this.#answer(now.result)
    const isUnanswered = this.#state === "open" && !this.#vote
    hide(one(".poll-card__withdraw", this), this.#state !== "open" || !this.#vote)
    hide(one(".poll-card__more", this), !isUnanswered || now.secondsLeft === null || now.secondsLeft > ENOUGH)
    write(one(".poll-card__left", this), sentence(this.#state, this.#vote, now))
    this.#heed(isUnanswered ? now.secondsLeft : null)
    if (wasOut === false && now.result && this.closest("#stage")) tell(this, "heed", { words: t("The result."), isAll: true })
  }

  #tapped = (event) => {
    const option = event.target.closest(".poll-card__option")
    if (!option || event.detail === 0 || this.#state !== "open") return
    const { optionId } = option.dataset
    if (event.target.matches("input") || !one("input", option)) this.#cast(optionId)
  }

  #cast(option_id) {
    if (this.#state !== "open") return
    this.#vote = option_id
    this.#chosen = null
    this.#radios()
    tell(this, "cast", { cue_id: this.cueId, option_id })
  }

  #radios() {
    const isOpen = this.#state === "open"
    const isOnOne = one(".poll-card__radio:focus-visible", this)
    for (const radio of all(".poll-card__radio", this)) {
      radio.disabled = !isOpen && !isOnOne
      radio.checked = radio.value === ((isOpen && this.#chosen) || this.#vote)
    }
  }

  #numbers(result) {
    const counts = result?.counts ?? {}
    const answers = Object.values(counts).reduce((sum, count) => sum + count, 0)
    for (const option of all(".poll-card__option", this)) {
      const count = counts[option.dataset.optionId] ?? 0
      option.style.setProperty("--share", answers ? (count / answers).toFixed(3) : "0")
      one(".poll-card__count", option).textContent = result ? String(count) : ""
    }
    this.toggleAttribute("data-live", Boolean(result))
  }

  #answer(result) {
    const explanation = one(".poll-card__explanation", this)
    explanation.hidden = !result?.explanation
    explanation.textContent = result?.explanation ?? ""
    for (const option of all(".poll-card__option", this)) {
      const isMine = option.dataset.optionId === this.#vote
      const isRight = Boolean(result?.answer) && option.dataset.optionId === result.answer
      option.toggleAttribute("data-right", isRight)
      one(".poll-card__mark", option).textContent = [isRight ? t("✓ right") : "", isMine && this.#state !== "open" ? t("yours") : ""].filter(Boolean).join(" · ")
    }
  }

  /** For who listens and has not answered: that time runs out, and that there is more of it. */
  #heed(left) {
    const was = this.#left
    this.#left = left
    if (was === null || left === null) return
    const isHurried = was > HURRY && left <= HURRY
    const more = isHurried ? t("You may ask for more time.") : ""
    if (isHurried || left > was + HURRY / 2) tell(this, "heed", { words: `${timeLeft(left)} ${more}`.trim() })
  }

  #said(element) {
    element.setAttribute("aria-live", "off")
  }
}

/** The one line below the options. */
function sentence(state, vote, { isUnsent, result, secondsLeft, stillToCome, waitsForHost }) {
  if (isUnsent) return t("Not sent yet. It goes as soon as you are connected.")
  if (state === "result") return result.voters ? n("{count} answered", "{count} answered", result.voters) : t("Nobody answered.")
  if (state === "closed") {
    if (waitsForHost) return t("Closed. The host shows the result.")
    return stillToCome ? n("Closed. {count} still to come", "Closed. {count} still to come", stillToCome) : t("Closed. The result comes.")
  }
  const left = secondsLeft === null ? "" : timeLeft(secondsLeft)
  return [vote ? t("Saved.") : "", left].filter(Boolean).join(" ")
}

/** In words, and in steps of ten seconds: nothing counts down beside the film. */
export function timeLeft(seconds) {
  if (seconds <= 5) return t("A few seconds left.")
  const [count, unit] = about(seconds <= 10 ? 10 : seconds)
  if (unit === "second") return n("{count} second left.", "{count} seconds left.", count)
  return n("{count} minute left.", "{count} minutes left.", count)
}

customElements.define("poll-card", PollCard)
