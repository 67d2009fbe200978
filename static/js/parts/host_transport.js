import { Asked } from "../lib/asked.js"
import { command } from "../lib/command.js"
import { all, make, on, one, tell, write } from "../lib/dom.js"
import { clock, read, short } from "../lib/durations.js"
import { kindWord } from "../lib/kinds.js"
import { isAtTheEnd } from "../lib/the_end.js"
import { n, t } from "../lib/words.js"

const TICK_MS = 250
const FIRST_SPEED = 1

/** Play, pause, the place in the film and how the film and the room differ. Needs `room`. */
class HostTransport extends HTMLElement {
  #timer = 0
  #scrubbing = false
  #moved = 0
  #placed = ""
  #asked = new Asked()

  connectedCallback() {
    this.scrub = one("[data-scrub]", this)
    on(this, "pointerdown", "[data-play]", () => (this.pressedAt = this.room?.clock.now()))
    on(this, "click", "[data-play]", () => this.playOrPause())
    on(this, "click", "[data-by]", (_, button) => this.seekBy(Number(button.dataset.by)))
    on(this, "click", "[data-nudge]", (_, button) => this.move(Number(button.dataset.nudge)))
    on(this, "input", "[data-scrub]", () => this.#preview())
    on(this, "change", "[data-scrub]", () => this.#letGo())
    on(this, "submit", "[data-exact]", (event) => this.#goTo(event))
    on(this, "change", "[data-rate]", (_, select) => command(this, "set_rate", { rate: Number(select.value) }))
    on(this, "click", "[data-film-over], [data-at-the-end]", () => command(this, "film_over"))
    on(this, "click", "[data-next]", () => command(this, "next"))
    on(this, "click", "[data-hold-all]", () => this.holdAll())
    on(this, "click", "[data-black]", () => this.black())
    on(this, "click", "[data-undo-last]", () => command(this, "undo"))
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  changed(what) {
    if (["playback", "snapshot", "part", "room"].some((one) => what.has(one))) this.#show()
    if (what.has("queue") || what.has("snapshot")) this.#showUndo()
  }

  playOrPause() {
    const { room, playback } = this.room.snapshot
    const pressed_at = this.pressedAt
    this.pressedAt = undefined
    if (room.part === "before") return tell(this, "start")
    if (room.part !== "film") return
    this.#asked.turn("play", playback.is_playing, (on) => command(this, on ? "play" : "pause", pressed_at ? { pressed_at } : {}))
  }

  seekBy(seconds) {
    if (this.#isFilm) this.seekTo(this.room.position() + seconds)
  }

  seekTo(position) {
    this.#moved = 0
    const held = Math.min(Math.max(position, 0), this.room.snapshot.room.limit)
    return command(this, "seek", { position: held, base_revision: this.room.snapshot.playback_revision })
  }

  holdAll() {
    return this.#asked.turn("hold", this.room.snapshot.room.hold_all, (on) => command(this, "hold", { cue_id: null, on }))
  }

  /** Television and phones go black, or light again. */
  black() {
    return this.#asked.turn("black", this.room.snapshot.room.black, (on) => command(this, "black", { on }))
  }

  /** The film is `seconds` ahead of us (negative: behind). */
  async move(seconds) {
    if (!this.#isFilm || !(await command(this, "nudge", { seconds }))) return
    this.#moved = Math.round((this.#moved + seconds) * 10) / 10
    const by = Math.abs(this.#moved).toFixed(1)
    const words = this.#moved > 0 ? t("The film was {by} s ahead of us.", { by }) : t("The film was {by} s behind us.", { by })
    one("[data-nudged]", this).textContent = this.#moved ? words : t("Back where we were.")
  }

  get #isFilm() {
    return this.room?.snapshot?.room.part === "film"
  }

  #show() {
    const { room, playback } = this.room.snapshot
    this.dataset.state = room.part === "film" ? (playback.is_playing ? "playing" : "paused") : room.part
    this.scrub.max = room.runtime
    one("[data-runtime]", this).textContent = clock(room.runtime)
    one("[data-play-words]", this).textContent = playWords(this.dataset.state)
    one("[data-playing-words]", this).textContent = stateWords(this.dataset.state, playback)
    one("[data-film-over]", this).hidden = room.part !== "film"
    one("[data-next]", this).hidden = room.part !== "after"
    one("[data-recap]", this).hidden = room.part !== "after" && room.part !== "ended"
    for (const control of all("[data-by], [data-nudge], [data-scrub], [data-exact] :is(input, button), [data-rate], [data-open]", this)) {
      control.disabled = room.part !== "film"
    }
    const hold = one("[data-hold-all]", this)
    hold.setAttribute("aria-pressed", String(room.hold_all))
    hold.textContent = room.hold_all ? t("Held: let go") : t("Hold everything")
    const black = one("[data-black]", this)
    black.setAttribute("aria-pressed", String(Boolean(room.black)))
    black.textContent = room.black ? t("Light again") : t("Black")
    this.#showSpeed(playback.rate ?? FIRST_SPEED)
    this.#tick()
  }

  #showUndo() {
    const last = (this.room.snapshot.acts ?? []).find((act) => act.can_undo && !act.undone && act.verb !== "undo")
    const button = one("[data-undo-last]", this)
    button.disabled = !last
    button.replaceChildren(t("Undo"), ...(last ? [make("span", { class: "transport__what" }, `: ${last.sentence}`)] : []))
    button.setAttribute("aria-label", last ? t("Undo: {what}", { what: last.sentence }) : t("Undo"))
  }

  #showSpeed(rate) {
    const select = one("[data-rate]", this)
    const known = [...select.options].find((option) => Math.abs(Number(option.value) - rate) < 1e-6)
    if (known) known.selected = true
    else select.append(new Option(`${rate}×`, rate, false, true))
  }

  #tick() {
    if (!this.room?.snapshot) return
    const position = this.room.position()
    write(one("[data-clock]", this), clock(position))
    one("[data-at-the-end]", this).toggleAttribute("hidden", !isAtTheEnd(this.room))
    this.#showPlace(position)
    this.#showSilence()
  }

  #showPlace(position) {
    const runtime = this.room.snapshot.room.runtime
    const held = String(Math.round(position))
    if (!this.#scrubbing && this.scrub.value !== held) this.scrub.value = held
    const shown = `${this.scrub.value} of ${runtime}`
    if (shown === this.#placed) return
    this.#placed = shown
    this.scrub.setAttribute("aria-valuetext", clock(Number(this.scrub.value)))
    this.scrub.style.setProperty("--played", `${((100 * position) / runtime).toFixed(1)}%`)
  }

  #showSilence() {
    const { room, silence_until } = this.room.snapshot
    const left = (silence_until ?? 0) - this.room.clock.now()
    const silent = room.part === "after" && left > 0
    write(one("[data-silence]", this), silent ? t("Silence for {left} more. “Next card” ends it.", { left: short(left) }) : "")
  }

  #preview() {
    this.#scrubbing = true
    one("[data-preview]", this).textContent = scrubWords(this.room.position(), Number(this.scrub.value), this.room.snapshot.queue ?? [])
  }

  async #letGo() {
    await this.seekTo(Number(this.scrub.value))
    this.#scrubbing = false
    one("[data-preview]", this).textContent = ""
  }

  async #goTo(event) {
    event.preventDefault()
    const field = one("[name=exact]", this)
    const position = read(field.value)
    const fault = one("[data-exact-fault]", this)
    fault.textContent = position === null ? t("Try 1:02:03, 62:03, 3723 or 1h2m3s.") : ""
    if (position !== null && (await this.seekTo(position))) field.value = ""
  }
}

function playWords(state) {
  return { before: t("Start"), playing: t("Pause"), paused: t("Play"), after: t("The film is over"), ended: t("Ended") }[state]
}

function stateWords(state, playback) {
  if (state === "paused") return `· ${t("paused")}`
  if (state === "after" || state === "ended") return `· ${playWords(state)}`
  return state === "playing" && playback.rate !== 1 ? `· ${playback.rate}×` : ""
}

/** What letting go here would do: how far, what is passed over, what comes next there. */
export function scrubWords(from, to, queue) {
  const words = [t("Let go: {place}.", { place: clock(to) })]
  const ahead = queue.filter((item) => item.start !== null && item.start > from)
  const passed = ahead.filter((item) => item.start < to).length
  if (passed) words.push(n("{count} note goes quietly to “so far”.", "{count} notes go quietly to “so far”.", passed))
  const next = ahead.filter((item) => item.start >= to).slice(0, 3)
  if (to < from) words.push(t("Nothing is asked twice."))
  if (next.length) words.push(t("Then: {next}.", { next: next.map((item) => `${item.title || kindWord(item.kind)} ${short(item.start - to)}`).join(" · ") }))
  return words.join(" ")
}

customElements.define("host-transport", HostTransport)
