import { one } from "../lib/dom.js"
import { t } from "../lib/words.js"

const KEPT = "host-link"

/**
 * The way in: a secret in the address (after #) is swapped for a cookie and taken out of the address bar. It stays in this tab's memory
 * so that the host can pass the link on.
 * @returns {Promise<boolean>} whether this browser is host now, as far as we can tell
 */
export async function comeIn({ code, hostApi, seenIt }) {
  const secret = decodeURIComponent(location.hash.slice(1))
  if (!secret) return true
  history.replaceState(null, "", location.pathname + location.search)
  const answer = await fetch(hostApi, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ host_token: secret, ...(seenIt === null ? {} : { seen_it: seenIt }) }),
  }).catch(() => null)
  if (!answer?.ok) return false
  keep(code, secret)
  return true
}

export function keep(code, secret) {
  sessionStorage.setItem(`${KEPT}-${code}`, secret)
}

/** The host link, when this tab knows it. */
export function hostLink(code) {
  const secret = sessionStorage.getItem(`${KEPT}-${code}`)
  return secret ? `${location.origin}/host/${code}#${secret}` : null
}

/** Why the remote does not open, in the words of the server where it gave some. */
export function showClosedDoor(root, refused) {
  one("[data-door]", root).hidden = false
  one("[data-door-words]", root).textContent =
    refused?.sentence || t("This remote is not yours any more. Ask the host for their link, or open the one you were given again.")
}
