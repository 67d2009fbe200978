import { command } from "../lib/command.js"
import { all, on, one } from "../lib/dom.js"

/** Pace, who may pause, scores, and newer notes. Needs `room`. */
class NightSettings extends HTMLElement {
  connectedCallback() {
    on(this, "change", "[name=pace]", (_, radio) => this.#send("set_pace", { pace: radio.value }))
    on(this, "change", "[data-setting]", (_, box) => this.#send("set_room", { [box.dataset.setting]: box.checked }))
    on(this, "change", "[data-seen]", (_, box) => this.#send("set_seen_it", { seen_it: box.checked }))
    on(this, "click", "[data-take-newer]", () => command(this, "take_revision", { revision: this.room.snapshot.room.revision_newer }))
  }

  changed(what) {
    if (["snapshot", "queue", "part", "room"].some((one) => what.has(one))) this.#show()
  }

  async #send(name, fields) {
    if (!(await command(this, name, fields))) this.#show()
  }

  #show() {
    const { room, you } = this.room.snapshot
    one("[data-seen]", this).checked = you.seen_it !== false
    for (const radio of all("[name=pace]", this)) radio.checked = radio.value === room.pace
    for (const box of all("[data-setting]", this)) box.checked = Boolean(room[box.dataset.setting])
    one("[data-newer]", this).hidden = !room.revision_newer
  }
}

customElements.define("night-settings", NightSettings)
