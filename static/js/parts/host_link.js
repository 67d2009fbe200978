import { one } from "../lib/dom.js"
import { picture } from "../lib/qr.js"
import { n, t } from "../lib/words.js"

const SHOWN_SECONDS = 30
let ticking = 0

/** Fills the sheet "another host" with the link this tab knows; the secret itself appears only on demand, for thirty seconds. */
export function showHostLink(root, link) {
  const sheet = one("#host-link", root)
  hide(sheet)
  one("[data-host-unknown]", sheet).hidden = Boolean(link)
  one("[data-show-host]", sheet).hidden = !link
  one("[data-copy-link]", sheet).hidden = !link || !navigator.clipboard
  one("[data-show-host]", sheet).onclick = () => show(sheet, link)
}

function show(sheet, link) {
  one("[data-host-url]", sheet).textContent = link
  one("[data-host-link]", sheet).hidden = false
  const image = one("[data-host-qr]", sheet)
  image.hidden = false
  image.src = picture(link)
  countDown(sheet, SHOWN_SECONDS)
}

function countDown(sheet, left) {
  clearTimeout(ticking)
  if (left <= 0) return hide(sheet)
  one("[data-host-left]", sheet).textContent = n("Hidden again in {count} second.", "Hidden again in {count} seconds.", left)
  ticking = setTimeout(() => countDown(sheet, left - 1), 1000)
}

function hide(sheet) {
  clearTimeout(ticking)
  one("[data-host-link]", sheet).hidden = true
  one("[data-host-url]", sheet).textContent = ""
  one("[data-host-qr]", sheet).removeAttribute("src")
}

/** Copies and says so, where the browser allows it (https or this machine only). */
export async function copy(text, note) {
  await navigator.clipboard?.writeText(text).then(() => note.say(t("Copied.")), () => note.say(text))
}
