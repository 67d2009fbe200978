// @ts-check
const WAIT_MS = 8000

/** Asks the server; null when nobody answers in time. @param {string} address @param {RequestInit} [how] */
export async function knock(address, how = {}) {
  try {
    return await fetch(address, { ...how, signal: AbortSignal.timeout?.(WAIT_MS) })
  } catch {
    return null
  }
}
