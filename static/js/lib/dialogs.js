// @ts-check
import { all, on, one } from "./dom.js"

/** Links and buttons with data-opens open the dialog of that id; a tap beside it closes it. Focus returns by itself. */
export function openDialogs() {
  on(document, "click", "[data-opens]", (event, opener) => {
    event.preventDefault()
    const dialog = one(`#${opener.dataset.opens}`)
    for (const other of all("dialog[open]")) if (other !== dialog) other.close()
    if (!dialog.open) dialog.showModal()
    dialog.dispatchEvent(new CustomEvent("opened", { bubbles: true }))
  })
  on(document, "click", "dialog", (event, dialog) => {
    if (event.target === dialog && isBeside(event, dialog)) dialog.close()
  })
  if (location.hash) history.replaceState(null, "", location.pathname + location.search)
}

/** Whether any dialog covers the room. */
export function isCovered() {
  return Boolean(one("dialog[open]"))
}

/** @param {MouseEvent} event @param {HTMLElement} dialog */
function isBeside({ clientX, clientY }, dialog) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}
