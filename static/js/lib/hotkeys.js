// @ts-check
/** Single keys on a page: off while typing, off when switched off, never during composition (UX.md section 2, WCAG 2.1.4). */

const TYPED_IN = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]"
const KEPT_UNDER = "remote-keys-off"

/** @typedef {{keys: string[], words: string, works: () => boolean, act: (event: KeyboardEvent) => void}} Hotkey */

/** @param {Hotkey[]} hotkeys @param {{isOn: () => boolean}} how @returns {() => void} stop */
export function listen(hotkeys, { isOn }) {
  const heard = (/** @type {KeyboardEvent} */ event) => {
    const hotkey = isOn() && !isBusy(event) && hotkeys.find(({ keys, works }) => keys.includes(nameOf(event)) && works())
    if (!hotkey) return
    event.preventDefault()
    hotkey.act(event)
  }
  document.addEventListener("keydown", heard)
  return () => document.removeEventListener("keydown", heard)
}

/** "Shift+ArrowLeft", "Ctrl+z", " ", "k" @param {KeyboardEvent} event */
export function nameOf(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const shift = event.shiftKey && event.key.length > 1 ? "Shift+" : ""
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${shift}${key}`
}

export function areOn() {
  return localStorage.getItem(KEPT_UNDER) === null
}

/** @param {boolean} on */
export function turn(on) {
  if (on) localStorage.removeItem(KEPT_UNDER)
  else localStorage.setItem(KEPT_UNDER, "1")
}

/** @param {KeyboardEvent} event */
function isBusy(event) {
  const target = /** @type {Element} */ (event.target)
  const pressesButton = (event.key === " " || event.key === "Enter") && target.closest?.("button, a, summary, [role=button]")
  return event.isComposing || event.altKey || Boolean(target.closest?.(TYPED_IN)) || Boolean(pressesButton) || Boolean(document.querySelector("dialog[open]"))
}
