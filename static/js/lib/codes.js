// @ts-check
import { latin } from "./durations.js"

/** Digits as they are read aloud: "482 917". @param {string} digits */
export function grouped(digits) {
  return digits.replace(/(\d{3})(?=\d)/g, "$1 ")
}

/** What was typed or pasted, as digits: any script's digits, spaces and hyphens, or a whole link. @param {string} typed */
export function codeIn(typed) {
  const plain = latin(typed)
  const linked = /\/[jr]\/(\d{4,12})(?!\d)/.exec(plain)
  return linked ? linked[1] : plain.replace(/\D/g, "")
}
