// @ts-check
/** What this device remembers for one person: a few words in localStorage, or in memory where the browser keeps none. */

const memory = new Map()

/** @param {string} key @param {any} [otherwise] @returns {any} */
export function kept(key, otherwise = null) {
  try {
    return JSON.parse(localStorage.getItem(`companion.${key}`) ?? "null") ?? otherwise
  } catch {
    return memory.get(key) ?? otherwise
  }
}

/** @param {string} key @param {any} value */
export function keep(key, value) {
  memory.set(key, value)
  try {
    localStorage.setItem(`companion.${key}`, JSON.stringify(value))
  } catch {
    // Private windows and full disks: remembered until the page goes.
  }
}

/** The person's own switches, with what holds until they choose. */
const FROM_THE_START = { brighter: false, dims: true, awake: false, buzz: false, reads: false }

/** @param {keyof typeof FROM_THE_START} name @returns {boolean} */
export function setting(name) {
  return kept(`setting.${name}`, FROM_THE_START[name])
}

/** @param {string} name @param {boolean} on */
export function set(name, on) {
  keep(`setting.${name}`, on)
  if (name === "brighter") lighten(on)
}

/** The server reads this cookie, so that the first paint of the next page is right. @param {boolean} on */
function lighten(on) {
  document.documentElement.toggleAttribute("data-light", false)
  if (on) document.documentElement.dataset.light = "brighter"
  document.cookie = `light=${on ? "brighter" : "dark"}; path=/; max-age=31536000; samesite=lax`
}
