import { command } from "../lib/command.js"
import { make, on, one } from "../lib/dom.js"
import { t } from "../lib/words.js"

/** The last twenty acts: what, by whom, when, and each taken back with one press. Needs `room`. */
class ActList extends HTMLElement {
  connectedCallback() {
    on(this, "click", "[data-undo]", (_, button) => command(this, "undo", { act: Number(button.dataset.undo) }))
  }

  changed(what) {
    if (what.has("queue") || what.has("snapshot")) this.#show()
  }

  /** The newest act that can be taken back. */
  get last() {
    return (this.room.snapshot?.acts ?? []).find((act) => act.can_undo && !act.undone && act.verb !== "undo")
  }

  undoLast() {
    if (this.last) command(this, "undo")
  }

  #show() {
    const acts = this.room.snapshot.acts ?? []
    one("[data-no-acts]", this).hidden = acts.length > 0
    one("[data-acts]", this).replaceChildren(...acts.map(row))
  }
}

function row({ act, by, at, sentence, undone, can_undo }) {
  const time = new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
  return make(
    "li",
    { class: "act-list__act", "data-undone": Boolean(undone) },
    make("span", { class: "quiet small figures" }, time),
    make("span", { class: "act-list__words" }, sentence, by ? make("small", { class: "quiet", dir: "auto" }, ` ${by}`) : ""),
    undone
      ? make("small", { class: "quiet" }, t("taken back"))
      : can_undo
        ? make("button", { class: "act-list__undo", type: "button", "data-undo": act, "aria-label": t("Undo: {what}", { what: sentence }) }, t("Undo"))
        : "",
  )
}

customElements.define("act-list", ActList)
