// @ts-check
import { asks } from "./stage.js"
import { n, t } from "./words.js"

/**
 * What is said aloud when a card comes: two words, and how long there is to answer.
 * @param {import("./stage.js").Card} card @param {number} position of this guest
 */
export function twoWords(card, position) {
  if (card.kind === "warning") return t("Just for you: a warning.")
  if (!asks(card)) return card.kind === "discussion" ? t("A question to talk about.") : t("A note.")
  const left = card.end == null ? 0 : Math.round(card.end - position)
  if (left <= 0) return card.kind === "quiz" ? t("A quiz.") : t("A poll.")
  return card.kind === "quiz" ? n("A quiz, {count} second.", "A quiz, {count} seconds.", left) : n("A poll, {count} second.", "A poll, {count} seconds.", left)
}
