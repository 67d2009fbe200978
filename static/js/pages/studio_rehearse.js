import "../parts/studio_rehearsal.js"
import { on, one, page } from "../lib/dom.js"
import { mySheets } from "../lib/studio_store.js"
import { asked, post } from "../lib/studio_sync.js"
import { t } from "../lib/words.js"

const { api, slug } = page()

async function show(pace = "calm") {
  const token = mySheets().find((sheet) => sheet.slug === slug)?.token
  try {
    if (token) await post(`${api}/authors`, { author_token: token })
    one("studio-rehearsal").show(await asked(`${api}/rehearsal?pace=${pace}`))
    say("")
  } catch (error) {
    say(error.code === "bad_field" ? `${error.message} ${t("Repair this first, then rehearse.")}` : error.message || t("The server cannot be reached. Try again in a moment."))
  }
}

function say(sentence) {
  one("[data-fault]").hidden = !sentence
  one("[data-fault]").textContent = sentence
}

on(document, "pace", "*", ({ detail }) => show(detail.pace))
await show()
