import { Asked } from "../lib/asked.js"
import { command } from "../lib/command.js"
import { make, on, one } from "../lib/dom.js"
import { short } from "../lib/durations.js"
import { n, t } from "../lib/words.js"

const PRESENCES = { here: "●", asleep: "◐", gone: "○" }

/** Who is here, asleep or gone, how well in step, and what a host may do about it. Needs `room`. */
class PeopleList extends HTMLElement {
  #open = ""
  #asked = new Asked()

  connectedCallback() {
    on(this, "click", "[data-lock]", () => this.#asked.turn("lock", this.room.snapshot.room.locked, (on) => command(this, "lock", { on })))
    on(this, "click", "[data-guest-open]", (_, button) => this.#toggle(button.closest("[data-guest]").dataset.guest))
    on(this, "click", "[data-remove]", (_, button) => command(this, "remove_guest", { guest_id: guestOf(button) }))
    on(this, "click", "[data-promote]", (_, button) => command(this, "promote", { guest_id: guestOf(button), on: button.dataset.promote === "on" }))
    on(this, "submit", "[data-rename]", (event, form) => this.#rename(event, form))
    on(this, "submit", "[data-admit]", (event, form) => this.#admit(event, form))
  }

  changed(what) {
    if (["people", "snapshot", "queue", "part"].some((one) => what.has(one))) this.#show()
  }

  get #list() {
    const { people } = this.room.snapshot
    return Array.isArray(people) ? people : people?.list ?? []
  }

  #toggle(guestId) {
    this.#open = this.#open === guestId ? "" : guestId
    this.#show()
    one(`[data-guest="${CSS.escape(guestId)}"] [data-guest-open]`, this)?.focus()
  }

  #show() {
    const { people, room } = this.room.snapshot
    one("[data-counts]", this).textContent = countWords(people)
    one("[data-nobody]", this).hidden = this.#list.length > 0
    const lock = one("[data-lock]", this)
    lock.setAttribute("aria-pressed", String(room.locked))
    lock.textContent = room.locked ? t("Unlock the door") : t("Lock the door")
    one("[data-admit]", this).hidden = !room.locked
    if (this.contains(document.activeElement) && document.activeElement.name === "name") return
    one("[data-list]", this).replaceChildren(...this.#list.map((guest) => row(guest, guest.guest_id === this.#open)))
  }

  async #rename(event, form) {
    event.preventDefault()
    const guest_id = form.closest("[data-guest]").dataset.guest
    form.elements.name.blur()
    if (await command(this, "rename_guest", { guest_id, name: form.elements.name.value })) this.#open = ""
    this.#show()
  }

  async #admit(event, form) {
    event.preventDefault()
    if (await command(this, "admit_screen", { letters: form.elements.letters.value.trim() })) form.reset()
  }
}

function guestOf(button) {
  return button.closest("[data-guest]").dataset.guest
}

function row(guest, isOpen) {
  const { guest_id, name, presence, is_host } = guest
  return make(
    "li",
    { class: "people__guest", "data-guest": guest_id, "data-presence": presence },
    make(
      "button",
      { class: "people__name", type: "button", "data-guest-open": true, "aria-expanded": String(isOpen) },
      make("span", { class: "people__dot", "aria-hidden": "true" }, PRESENCES[presence] ?? "○"),
      make("bdi", { dir: "auto" }, name),
      make("small", { class: "quiet" }, guestWords(guest)),
    ),
    ...(isOpen ? [acts(name, is_host)] : []),
  )
}

function acts(name, isHost) {
  const rename = make(
    "form",
    { class: "row", "data-rename": true },
    make("input", { class: "grow", name: "name", value: name, "aria-label": t("Name"), autocomplete: "off" }),
    make("button", { class: "button button--quiet", type: "submit" }, t("Rename")),
  )
  const promote = make("button", { class: "button button--quiet", type: "button", "data-promote": isHost ? "off" : "on" }, isHost ? t("No longer host") : t("Make host"))
  const remove = make("button", { class: "button button--danger", type: "button", "data-remove": true }, t("Remove"))
  return make("div", { class: "people__acts" }, rename, make("div", { class: "row" }, promote, remove))
}

function guestWords({ presence, delay, is_host, in_ad }) {
  const words = [{ here: t("here"), asleep: t("asleep"), gone: t("gone") }[presence] ?? ""]
  if (is_host) words.push(t("host"))
  if (in_ad) words.push(t("in an ad"))
  else if (Math.abs(delay) >= 0.5) words.push(delay > 0 ? t("behind {time}", { time: short(delay) }) : t("ahead {time}", { time: short(-delay) }))
  return words.filter(Boolean).join(" · ")
}

function countWords(people) {
  if (!people) return ""
  const words = [n("{count} here", "{count} here", people.here ?? 0)]
  if (people.asleep) words.push(n("{count} asleep", "{count} asleep", people.asleep))
  if (people.gone) words.push(n("{count} gone", "{count} gone", people.gone))
  if (people.behind) words.push(n("{count} behind", "{count} behind", people.behind))
  return words.join(" · ")
}

customElements.define("people-list", PeopleList)
