import { all, make, on, one, tell } from "../lib/dom.js"
import { findingRow } from "../lib/studio_form.js"
import { repaired } from "../lib/studio_fixes.js"
import { wordsIn } from "../lib/studio_notes.js"
import { n, t } from "../lib/words.js"

/** Everything the checks found, errors first; a press goes there, and what is safe can be repaired at once. */
class StudioFindings extends HTMLElement {
  #shown = null

  connectedCallback() {
    on(this, "click", "[data-repair]", (event, button) => tell(this, "repair", JSON.parse(button.dataset.repair)))
    on(this, "click", "[data-go]", (event, button) => tell(this, "choose", { kind: button.dataset.kind, id: button.dataset.go }))
  }

  /** Draws the list and answers with the words for the button that opens it. */
  show({ document: sheet, facts }) {
    const errors = facts.findings.filter(({ severity }) => severity === "error").length
    const hints = facts.findings.length - errors
    const said = [errors && n("{count} error", "{count} errors", errors), hints && n("{count} hint", "{count} hints", hints)].filter(Boolean).join(", ")
    if (facts.findings !== this.#shown) {
      this.#shown = facts.findings
      const sorted = [...facts.findings].sort((a, b) => (a.severity === "error" ? 0 : 1) - (b.severity === "error" ? 0 : 1))
      one("[data-all]", this).replaceChildren(...sorted.slice(0, 300).map((finding) => this.#row(finding, sheet)))
      one("[data-summary]", this).textContent = said ? t("{found}. Errors must go before publishing; hints are advice.", { found: said }) : t("Nothing to say against these notes.")
    }
    return said || t("Checks: fine")
  }

  #row(finding, sheet) {
    const row = findingRow(finding, repaired(sheet, finding) !== null)
    const kind = finding.cue_id ? "cue" : finding.scene_id ? "scene" : ""
    const entry = (kind === "cue" ? sheet.cues : sheet.scenes).find(({ id }) => id === (finding.cue_id ?? finding.scene_id))
    if (!entry) {
      row.prepend(make("button", { type: "button", class: "studio-finding__go", "data-open": "film" }, t("The film")))
      return row
    }
    const lang = document.documentElement.lang
    const words = wordsIn(entry.title, lang, sheet.languages).text || wordsIn(entry.text, lang, sheet.languages).text || entry.id
    row.prepend(make("button", { type: "button", class: "studio-finding__go", "data-go": entry.id, "data-kind": kind, dir: "auto" }, words))
    for (const button of all("[data-repair]", row)) button.setAttribute("aria-label", t("Repair: {words}", { words: finding.sentence }))
    return row
  }
}

customElements.define("studio-findings", StudioFindings)
