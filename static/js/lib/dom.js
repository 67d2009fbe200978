// @ts-check
/** Finding, hearing and making elements. Text only ever enters through textContent. */

/** The first match, or null. @param {string} selector @param {ParentNode} [root] @returns {any} */
export function one(selector, root = document) {
  return root.querySelector(selector)
}

/** Every match, as an array. @param {string} selector @param {ParentNode} [root] @returns {any[]} */
export function all(selector, root = document) {
  return [...root.querySelectorAll(selector)]
}

/**
 * Hear an event from whatever matches inside root, now and later. Returns a function that stops listening.
 * @param {EventTarget} root @param {string} type @param {string} selector
 * @param {(event: any, element: any) => void} listener
 */
export function on(root, type, selector, listener) {
  const heard = (/** @type {any} */ event) => {
    const element = event.target?.closest?.(selector)
    if (element && (/** @type {any} */ (root).contains?.(element) ?? true)) listener(event, element)
  }
  root.addEventListener(type, heard)
  return () => root.removeEventListener(type, heard)
}

/**
 * make("li", { class: "option", "data-id": 3, hidden: true }, "words", anotherElement)
 * @param {string} name @param {Record<string, any>} [attributes] @param {...(Node | string)} children
 * @returns {any}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "")
    else if (value !== false && value != null) element.setAttribute(key, String(value))
  }
  element.append(...children)
  return element
}

/** Words that are said often: written only where they differ, since each writing costs a page its styles anew. @param {HTMLElement} element @param {string} words */
export function write(element, words) {
  if (element.textContent !== words) element.textContent = words
}

/** Hide, but never what the keys stand on: whoever cannot see would be thrown to the top of the page. @param {HTMLElement} element @param {boolean} isHidden */
export function hide(element, isHidden) {
  element.hidden = isHidden && !element.matches(":focus-visible")
}

/** Server-rendered, escaped markup (a card) to its one element. @param {string} html @returns {any} */
export function fromHtml(html) {
  const template = document.createElement("template")
  template.innerHTML = html.trim()
  return template.content.firstElementChild
}

/** A bubbling event from a part to its page. @param {Element} element @param {string} type @param {any} [detail] */
export function tell(element, type, detail = {}) {
  element.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }))
}

/** The page's own facts: <script type="application/json" id="page">. @returns {any} */
export function page() {
  return JSON.parse(one("#page")?.textContent || "{}")
}
