// @ts-check
import { all, fromHtml, one } from "./dom.js"

/**
 * The words of a card, read off its markup: what it asks or is called, and the answers of a question.
 * @param {{html?: string, title?: string}} card
 * @returns {{words: string, options: {id: string, text: string}[]}}
 */
export function cardWords(card) {
  const article = card.html ? fromHtml(card.html) : null
  if (!article) return { words: card.title || "", options: [] }
  const options = all("[data-option-id]", article).map((option) => ({
    id: option.dataset.optionId,
    text: (one(".poll-card__words", option) ?? option).textContent.trim(),
  }))
  const words = one(".poll-card__question, .card__title, .card__text", article)?.textContent.trim() || card.title || ""
  return { words, options }
}
