// @ts-check

/** A name for one act, so that a repeat of it has one effect. Random on plain http too, where randomUUID is missing. */
export function newOpId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
