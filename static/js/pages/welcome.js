import { codeIn, grouped } from "../lib/codes.js"
import { one } from "../lib/dom.js"
import { knock } from "../lib/knock.js"
import { t } from "../lib/words.js"

const form = one(".code-form")
const field = one("#code")
const length = Number(form.dataset.length)
let sent = ""

field.addEventListener("input", (event) => {
  if (event.isComposing) return
  take()
})
field.addEventListener("compositionend", take)
form.addEventListener("submit", go)
addEventListener("pageshow", ({ persisted }) => persisted && (sent = ""))
if (field.hasAttribute("aria-invalid")) sent = codeIn(field.value) // it has just been refused: it waits for another digit
else if (field.value) take()

/** Groups what is typed, and goes as soon as it is as long as this server's codes are. */
function take() {
  const code = codeIn(field.value)
  const shown = grouped(code)
  if (field.value !== shown) field.value = shown
  if (code.length !== length || code === sent) return
  sent = code
  form.requestSubmit()
}

/** Leaves this page only when there is another: a browser's own page for "no server" is white. */
async function go(event) {
  event.preventDefault()
  const fault = one("#code-fault")
  fault.textContent = ""
  if (await knock("/healthz")) return form.submit()
  sent = ""
  fault.textContent = t("The room’s computer does not answer. Are you on the same wifi?")
}
