// @ts-check
/**
 * What a question looks like to this guest now, out of what the room says.
 * @param {any} card @param {any} snapshot
 * @param {{isOpen: boolean, position: number, now: number, unsent: {command: string, fields: any}[]}} here
 */
export function pollNow(card, snapshot, { isOpen, position, now, unsent }) {
  const kept = unsent.find(({ command, fields }) => command === "vote" && fields.cue_id === card.cue_id)
  const result = snapshot.results?.[card.cue_id] ?? null
  return {
    isOpen: isOpen && !result,
    result,
    vote: kept ? kept.fields.option_id : (snapshot.votes?.[card.cue_id] ?? null),
    isUnsent: Boolean(kept),
    tally: card.results === "live" ? (snapshot.tallies?.[card.cue_id] ?? null) : null,
    waitsForHost: card.results === "host",
    stillToCome: card.still_to_come ?? null,
    secondsLeft: secondsLeft(card, position, now, snapshot.playback),
  }
}

/** @param {any} card @param {number} position @param {number} now @param {any} playback @returns {number | null} */
export function secondsLeft(card, position, now, playback) {
  if (card.closes_at != null) return Math.max(0, card.closes_at - now)
  if (card.end == null || !playback?.is_playing) return null
  return Math.max(0, (card.end - position) / (playback.rate || 1))
}
