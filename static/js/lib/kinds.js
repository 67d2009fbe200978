// @ts-check
/** The glyph and the word of a kind of card, cloned from what the server rendered: <template data-kind="poll">. */

/** @param {string} kind @returns {Node} */
export function kindMark(kind) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-kind="${CSS.escape(kind)}"]`))
  return template ? template.content.cloneNode(true) : document.createTextNode(kind)
}

/** @param {string} kind */
export function kindWord(kind) {
  return kindMark(kind).textContent?.trim() ?? kind
}
