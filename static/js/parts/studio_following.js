import { digitsOf } from "../lib/studio_notes.js"
import { post } from "../lib/studio_sync.js"
import { join } from "../live/room.js"
import { t } from "../lib/words.js"

const SEAT = 9

/**
 * The author's film clock goes with a room that is watching, as one more guest who only looks on.
 * @param {string} typed the room's code @param {object} clock @returns {Promise<string>} what came of it, for the person
 */
export async function follow(typed, clock) {
  const code = digitsOf(typed)
  if (!code) {
    clock.follow(null)
    return t("The clock goes by hand again.")
  }
  try {
    await post(`/api/rooms/${code}/guests?seat=${SEAT}`, { name: t("Taking notes") })
  } catch (error) {
    return error.message || t("The server cannot be reached. Try again in a moment.")
  }
  const room = join({ code, role: "guest", seat: SEAT })
  clock.follow(() => (room.snapshot ? room.position() : null))
  return t("Following room {code}: the clock runs as its film does.", { code })
}
