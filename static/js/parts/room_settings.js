import { all, on, one, tell } from "../lib/dom.js"
import { set, setting } from "../lib/kept.js"
import { t } from "../lib/words.js"

const OURS = ["brighter", "dims", "awake", "buzz", "reads"]

/** This phone's switches and this guest's name. Device switches are kept here; the rest is told to the page. */
class RoomSettings extends HTMLElement {
  connectedCallback() {
    for (const box of all("[data-setting]", this)) {
      if (OURS.includes(box.dataset.setting)) box.checked = setting(box.dataset.setting)
    }
    for (const element of all('[data-needs="vibrate"]', this)) element.hidden = !navigator.vibrate
    on(this, "change", "[data-setting]", (_event, box) => this.#switched(box))
    one("[data-rename]", this).addEventListener("submit", (event) => {
      event.preventDefault()
      tell(this, "renamed", { name: new FormData(event.target).get("name") })
    })
  }

  /** @param {"on" | "trying" | "off" | "cannot"} how */
  awake(how) {
    const said = one("[data-awake-said]", this)
    said.textContent = {
      on: t("Your screen stays on."),
      trying: t("Asked for. If it goes dark all the same, set auto-lock to longer in your phone’s settings."),
      cannot: t("This browser will not. Set auto-lock to longer in your phone’s settings."),
      off: "",
    }[how]
  }

  named(sentence) {
    one("[data-said]", this).textContent = sentence
  }

  #switched(box) {
    const name = box.dataset.setting
    if (OURS.includes(name)) set(name, box.checked)
    if (name === "buzz" && box.checked) navigator.vibrate?.(40)
    tell(this, "switched", { name, on: box.checked })
  }
}

customElements.define("room-settings", RoomSettings)
