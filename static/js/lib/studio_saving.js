// @ts-check
/** A file made on the page, handed to whoever presses the button. */

/** @param {string} name @param {string} text @param {string} [type] */
export function save(name, text, type = "application/json") {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
