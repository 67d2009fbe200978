import { all, fromHtml, make, one } from "../lib/dom.js"
import { n, t } from "../lib/words.js"

/** Everything this guest may read by now, under its scene, newest scene on top, what is new since the last look marked. */
class SoFar extends HTMLElement {
  /**
   * @param {{cue_id: string, scene_id: string | null, html: string, lang: string}[]} cards oldest first
   * @param {{titles: Record<string, string>, unread: Set<string>, first: string | null}} how first: an open question, shown above everything
   */
  show(cards, { titles, unread, first }) {
    const scenes = one(".so-far__scenes", this)
    const wanted = byScene(cards, first)
    const standing = new Map(all(".card", scenes).map((card) => [card.dataset.cueId, card]))
    const sections = wanted.map(({ scene_id, cards: held }) => {
      const section = one(`.so-far__scene[data-scene-id="${CSS.escape(scene_id)}"]`, scenes) ?? empty(scene_id)
      const title = one(".so-far__title", section)
      title.textContent = scene_id === first ? t("Open now") : (titles[scene_id] ?? "")
      title.hidden = !title.textContent
      const elements = held.map((card) => fitting(standing.get(card.cue_id), card))
      for (const element of elements) element.toggleAttribute("data-unread", unread.has(element.dataset.cueId))
      arrange(section, [title, ...elements])
      return section
    })
    arrange(scenes, sections)
    one(".so-far__none", this).hidden = cards.length > 0
    const told = one(".so-far__new", this)
    told.hidden = unread.size === 0
    told.textContent = unread.size ? n("{count} new since you looked", "{count} new since you looked", unread.size) : ""
  }

  get cards() {
    return new Map(all(".card", this).map((card) => [card.dataset.cueId, card]))
  }
}

function byScene(cards, first) {
  const groups = []
  for (const card of [...cards].reverse()) {
    if (card.cue_id === first) continue
    const scene_id = card.scene_id ?? ""
    const group = groups.find((one) => one.scene_id === scene_id)
    if (group) group.cards.push(card)
    else groups.push({ scene_id, cards: [card] })
  }
  const open = cards.find((card) => card.cue_id === first)
  return open ? [{ scene_id: first, cards: [open] }, ...groups] : groups
}

function empty(scene_id) {
  return make("section", { class: "so-far__scene", "data-scene-id": scene_id }, make("h3", { class: "so-far__title", dir: "auto" }))
}

function fitting(standing, card) {
  if (standing && (!card.html || standing.lang === card.lang)) return standing
  return fromHtml(card.html)
}

/** Puts children in order without touching those that stand right, so that focus and reading places stay. */
function arrange(parent, children) {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove()
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null)
  })
}

customElements.define("so-far", SoFar)
