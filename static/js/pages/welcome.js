import { codeIn, grouped } from "../lib/codes.js"
import { one } from "../lib/dom.js"

const form = one(".code-form")
const field = one("#code")
const length = Number(form.dataset.length)
let sent = ""

field.addEventListener("input", (event) => {
  if (event.isComposing) return
  take()
})
field.addEventListener("compositionend", take)
addEventListener("pageshow", () => (sent = ""))
if (field.value) take()

/** Groups what is typed, and goes as soon as it is as long as this server's codes are. */
function take() {
  const code = codeIn(field.value)
  const shown = grouped(code)
  if (field.value !== shown) field.value = shown
  if (code.length !== length || code === sent) return
  sent = code
  form.requestSubmit()
}
