import { make, one } from "../lib/dom.js"
import { n, t } from "../lib/words.js"

/** Discussion questions one at a time; without script they stand as a list. */
const list = one(".recap__talk")
if (list && list.children.length > 1) oneAtATime(list)

function oneAtATime(place) {
  const questions = [...place.children]
  let shown = 0
  const button = make("button", { class: "button button--quiet", type: "button" })
  const show = () => {
    questions.forEach((question, i) => (question.hidden = i !== shown))
    const left = questions.length - 1 - shown
    button.textContent = left ? `${t("Next")} · ${n("{count} more", "{count} more", left)}` : t("From the beginning")
  }
  button.addEventListener("click", () => {
    shown = (shown + 1) % questions.length
    show()
  })
  place.after(button)
  show()
}
