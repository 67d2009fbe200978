import { all, make, on, one } from "../lib/dom.js"
import { disown, mySheets, remember } from "../lib/studio_store.js"
import { post, Refusal } from "../lib/studio_sync.js"
import { t } from "../lib/words.js"

const TRUTH = { title: "", year: null, country: "", runtime: "" }

/** What a form of the page asks for. */
function asked(form) {
  const given = Object.fromEntries(new FormData(form))
  if (form.dataset.begin === "copy") return { copy_of: given.copy_of }
  const { first, second, year, text, ...rest } = given
  return { ...TRUTH, ...rest, text, year: year ? Number(year) : null, languages: [first, second].filter(Boolean) }
}

/** Go to the new notes; the key travels in the fragment, which no server log sees. */
function open({ slug, author_token: token, edit_path: path }, title) {
  remember({ slug, title, token })
  location.assign(path)
}

function say(sentence, faults = []) {
  one("[data-said]").textContent = sentence
  one("[data-faults]").replaceChildren(...faults.map((fault) => make("li", {}, fault)))
}

async function begin(send, title) {
  say("")
  try {
    open(await send(), title)
  } catch (error) {
    say(error instanceof Refusal && error.message ? error.message : t("The server cannot be reached. Try again in a moment."), error.faults)
  }
}

function mine() {
  const sheets = mySheets()
  const section = one(".studio-start__mine")
  if (!section || !sheets.length) return section?.setAttribute("hidden", "")
  section.hidden = false
  one("[data-mine]").replaceChildren(...sheets.map(row))
}

function row({ slug, title, token, at }) {
  const when = new Date(at).toLocaleDateString(document.documentElement.lang)
  const link = make("a", { href: `/studio/${slug}${token ? `#${token}` : ""}`, class: "studio-start__one", dir: "auto" }, title || t("Untitled notes"), make("small", { class: "quiet" }, when))
  const away = make("button", { type: "button", class: "button button--words", "data-forget": slug, "aria-label": t("Forget {title} on this device", { title: title || slug }) }, t("Forget"))
  return make("li", { class: "row row--apart" }, link, away)
}

mine()
for (const form of all("[data-begin]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    begin(() => post("/api/studio", asked(form)), form.title?.value ?? form.copy_of?.selectedOptions[0].textContent ?? "")
  })
}
on(document, "change", "[data-file]", (event, input) => {
  const [file] = input.files
  const query = new URLSearchParams({ name: file.name, notes_in: one("[name=first]")?.value ?? "en" })
  begin(() => post(`/api/studio/files?${query}`, file), file.name)
  input.value = ""
})
on(document, "click", "[data-forget]", (event, button) => {
  if (!confirm(t("Forget these notes on this device? Without the edit link nobody can get back to them."))) return
  disown(button.dataset.forget)
  mine()
})
