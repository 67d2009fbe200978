import { all, one } from "../lib/dom.js"
import { set, setting } from "../lib/kept.js"
import { knock } from "../lib/knock.js"
import { t } from "../lib/words.js"

const form = one("#join")
const fault = one("#join-fault")
const name = one("#name")

document.head.append(one("#room-files").content) // once this page has all of its own: a bad link then takes one round trip less to the first card

for (const element of all('[data-needs="vibrate"]')) element.hidden = !navigator.vibrate
for (const box of all("[data-setting]", form)) {
  if (box.dataset.setting === "buzz") box.checked = setting("buzz")
}

one("[data-another]").addEventListener("click", async () => {
  const answer = await knock(`/j/${form.dataset.code}/name?seat=${form.dataset.seat}`)
  if (answer?.ok) name.value = (await answer.json()).name
})

form.addEventListener("submit", async (event) => {
  event.preventDefault()
  for (const box of all("[data-setting]", form)) set(box.dataset.setting, box.checked)
  const asked = new FormData(form, event.submitter)
  fault.textContent = ""
  name.removeAttribute("aria-invalid")
  const answer = await knock(form.action, { method: "POST", body: new URLSearchParams(asked), headers: { Accept: "application/json" } })
  if (!answer) return say(t("The room’s computer does not answer. Are you on the same wifi?"))
  const told = await answer.json().catch(() => ({}))
  if (answer.ok) location.assign(told.room)
  else if (told.page) location.assign(told.page)
  else say(told.detail ?? t("That did not work. Try again."), answer.status === 422)
})

function say(sentence, isName = false) {
  fault.textContent = sentence
  if (!isName) return
  name.setAttribute("aria-invalid", "true")
  name.focus()
}
