import { make, on, one } from "../lib/dom.js"
import { t } from "../lib/words.js"

const SAID_MS = 7000
const SURE = {
  "new-code": () => t("A new code? Whoever is inside stays inside; the old number leads nowhere."),
  renew: () => t("Sign every other host out? They lose the remote at once."),
  end: () => t("End the evening for everyone? The recap stays."),
  delete: () => t("Delete this room with every vote, name and reaction, now and for good?"),
}

/** Native dialogs, closed by [data-close], Escape or a press beside them; "are you sure" for what cannot be taken back. */
export function sheets(root) {
  on(root, "click", "[data-close]", (_, button) => button.closest("dialog")?.close())
  on(root, "click", "dialog", (event, dialog) => event.target === dialog && dialog.close())
  const sureOf = (words) => answer(one("#sure", root), words)
  return {
    open: (id) => one(`#${id}`, root).showModal(),
    close: (id) => one(`#${id}`, root).close(),
    sheet: (id) => one(`#${id}`, root),
    sureOf,
    sure: (what) => sureOf(SURE[what]()),
  }
}

/** One line about what just happened, with Undo where that is possible; gone after seven seconds. */
export function said(place, undo) {
  let timer = 0
  on(place, "click", "button", undo)
  return {
    say(sentence, { kind = "done", canUndo = false } = {}) {
      clearTimeout(timer)
      place.dataset.kind = kind
      const button = canUndo ? [make("button", { class: "button button--quiet", type: "button" }, t("Undo"))] : []
      place.replaceChildren(make("span", { dir: "auto" }, sentence), ...button)
      timer = setTimeout(() => place.replaceChildren(), SAID_MS)
    },
  }
}

function answer(dialog, words) {
  one("[data-sure-words]", dialog).textContent = words
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((resolve) => {
    const stop = on(dialog, "click", "[data-sure]", () => dialog.close("yes"))
    dialog.addEventListener("close", () => (stop(), resolve(dialog.returnValue === "yes")), { once: true })
  })
}
