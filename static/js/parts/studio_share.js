import { on, one } from "../lib/dom.js"
import { save } from "../lib/studio_saving.js"
import { post } from "../lib/studio_sync.js"
import { n, t } from "../lib/words.js"

/** A version for hosts, the file for anyone, and the links that open these notes for writing. */
class StudioShare extends HTMLElement {
  connectedCallback() {
    on(this, "click", "[data-publish]", () => this.#publish())
    on(this, "click", "[data-save-json]", () => save(`${this.desk.told.slug}.json`, `${JSON.stringify(this.desk.draft.document, null, 2)}\n`))
    on(this, "click", "[data-keep-key]", () => this.#keepKey())
    on(this, "click", "[data-copy-key]", () => this.#copy(this.desk.editLink))
    on(this, "click", "[data-second-key]", () => this.#key(false))
    on(this, "click", "[data-renew]", () => this.#key(true))
    on(this, "input", "[data-author]", (event, field) => localStorage.setItem("studio-author", field.value.trim()))
  }

  attach(desk) {
    this.desk = desk
    one("[data-author]", this).value = localStorage.getItem("studio-author") ?? ""
  }

  refresh() {
    const { facts, server } = this.desk.draft
    const { published, keys, slug = this.desk.told.slug } = facts
    one("[data-published]", this).textContent = !published ? t("Not published yet.") : published === server.revision && !this.desk.draft.unsent.length ? t("This version is published.") : t("Published, and changed since.")
    one("[data-host]", this).hidden = !published
    one("[data-host]", this).href = `/host/new?film=${encodeURIComponent(slug)}`
    one("[data-keys-count]", this).textContent = n("{count} edit link works.", "{count} edit links work.", keys)
  }

  async #publish() {
    this.#fault("")
    try {
      await this.desk.saveNow()
      await post(`${this.desk.told.api}/publish`, { revision: this.desk.draft.server.revision, listed: one("[data-listed]", this).checked })
      await this.desk.saveNow()
      this.refresh()
    } catch (error) {
      this.#fault(error.message || t("The server cannot be reached. Try again in a moment."))
    }
  }

  #keepKey() {
    const { title, editLink, told } = this.desk
    const words = t("Whoever has this link can change the notes. Keep it like a key.")
    save(`${told.slug}-key.txt`, `${title}\n${editLink}\n\n${words}\n`, "text/plain")
  }

  async #key(renew) {
    if (renew && !confirm(t("Every other edit link stops working at once. Go on?"))) return
    try {
      const told = await post(`${this.desk.told.api}/keys`, { renew })
      const link = `${this.desk.told.origin}${told.edit_path}`
      if (renew) await this.desk.unlock(told.author_token)
      this.#show(link)
      this.#say(renew ? t("Every other link is shut. This is yours now: keep it.") : t("Send this to your co-author. It is shown only now."))
      await this.desk.saveNow()
      this.refresh()
    } catch (error) {
      this.#say(error.message || t("The server cannot be reached. Try again in a moment."))
    }
  }

  #show(link) {
    const place = one("[data-new-link]", this)
    place.hidden = false
    one("input", place).value = link
    one("input", place).select()
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text)
      this.#say(t("Copied."))
    } catch {
      this.#show(text)
      this.#say(t("Here it is: copy it by hand."))
    }
  }

  #fault(sentence) {
    const place = one("[data-publish-fault]", this)
    place.hidden = !sentence
    place.textContent = sentence
  }

  #say(sentence) {
    one("[data-share-said]", this).textContent = sentence
  }
}

customElements.define("studio-share", StudioShare)
