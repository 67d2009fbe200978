// @ts-check
/** How a part asks its page to send something: a bubbling event, and a promise of what became of it. */

/**
 * Resolves with the acknowledgement, or null when it was refused or could not be sent (the page has said so by then).
 * @param {Element} element @param {string} name @param {Record<string, any>} [fields]
 * @returns {Promise<any>}
 */
export function command(element, name, fields = {}) {
  return new Promise((resolve) => {
    element.dispatchEvent(new CustomEvent("command", { bubbles: true, detail: { name, fields, resolve } }))
  })
}
