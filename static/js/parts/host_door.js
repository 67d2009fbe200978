import { make, one } from "../lib/dom.js"
import { t } from "../lib/words.js"

const KEPT = "host-link"

/**
 * The way in: the secret in the address (after #) is taken out of the address bar and swapped for a cookie; whoever comes in so is asked
 * whether they have seen the film, and gets the page once more as a host does: the one at hand was a stranger's and says nothing of the
 * room. The secret stays in this tab's memory so that the host can pass the link on.
 * @returns {Promise<{ok: boolean, sentence?: string}>}
 */
export async function comeIn(root, { code, host_api, is_host }) {
  const secret = decodeURIComponent(location.hash.slice(1))
  if (!secret) return { ok: true }
  history.replaceState(null, "", location.pathname + location.search)
  if (is_host) return keep(code, secret)
  const seenIt = await askWhetherSeen(root)
  const answer = await fetch(host_api, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ host_token: secret, seen_it: seenIt }),
  }).catch(() => null)
  if (answer?.ok) {
    keep(code, secret)
    location.reload()
    return new Promise(() => {})
  }
  return { ok: false, sentence: (await answer?.json().catch(() => null))?.detail }
}

/** Keeps the secret of the host link for this tab. */
export function keep(code, secret) {
  sessionStorage.setItem(`${KEPT}-${code}`, secret)
  return { ok: true }
}

/** The host link, when this tab knows it. */
export function hostLink(origin, code) {
  const secret = sessionStorage.getItem(`${KEPT}-${code}`)
  return secret ? `${origin}/host/${code}#${secret}` : null
}

/** Why the remote does not open, in the words of the server where it gave some; who is no host may still be a guest. */
export function showClosedDoor(root, sentence) {
  one("[data-door]", root).hidden = false
  one("[data-door-guest]", root).hidden = false
  one("[data-door-words]", root).textContent =
    sentence || t("This remote is not yours, or not any more. Ask the host for their link, or open the one you were given again.")
}

function askWhetherSeen(root) {
  const door = one("[data-door]", root)
  one("[data-door-words]", door).textContent = t("You may run this evening. Have you seen the film?")
  return new Promise((resolve) => {
    const answer = (words, why, value) => {
      const button = make("button", { class: value ? "button" : "button button--quiet", type: "button" }, words, make("small", {}, why))
      button.addEventListener("click", () => (answers.remove(), resolve(value)))
      return button
    }
    const answers = make("div", { class: "remote__answers" }, answer(t("Yes"), t("I see what comes next"), true), answer(t("Not yet"), t("Show me kinds and times only"), false))
    door.append(answers)
  })
}
