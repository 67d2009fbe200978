import { make, on } from "../lib/dom.js"
import { nameOf, version } from "../lib/studio_listing.js"
import { t } from "../lib/words.js"

/** Two people changed the same note: both versions, and which one stands. */
class StudioConflicts extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "alert")
    on(this, "click", "[data-settle]", (event, button) => this.draft.settle(this.draft.conflicts[Number(button.dataset.at)], button.dataset.settle))
  }

  show(draft) {
    this.draft = draft
    this.hidden = draft.conflicts.length === 0
    if (this.shown === draft.conflicts) return
    this.shown = draft.conflicts
    this.replaceChildren(...draft.conflicts.map((conflict, index) => this.#row(conflict, index)))
  }

  #row(conflict, index) {
    const { mine, theirs } = conflict
    const button = (which, words) => make("button", { type: "button", class: "button button--quiet", "data-settle": which, "data-at": index }, words)
    const side = (heading, entry, other, act) => make("div", { class: "studio-conflict__side" }, make("h3", { class: "small" }, heading), version(entry, other), act)
    return make("section", { class: "studio-conflict" },
      make("p", {}, t("Somebody else changed this at the same time:"), " ", make("strong", { dir: "auto" }, nameOf(conflict, theirs ?? mine, this.draft.document))),
      make("div", { class: "studio-conflict__sides" }, side(t("Theirs (stands now)"), theirs, mine, button("theirs", t("Keep theirs"))), side(t("Yours"), mine, theirs, button("mine", t("Take mine")))))
  }
}

customElements.define("studio-conflicts", StudioConflicts)
