import { cardWords } from "../lib/card_words.js"
import { kindWord } from "../lib/kinds.js"
import { News } from "../lib/news.js"
import { Spoken } from "../lib/spoken.js"
import { isAtTheEnd } from "../lib/the_end.js"
import { n } from "../lib/words.js"

const LOOK_EVERY_MS = 1000
const LOST_FOR = 10

/** Says aloud in `region` what comes up by itself; what was done is said by the remote's one line. */
export function speakUp(room, region) {
  const spoken = new Spoken(region)
  const news = new News()
  const look = () => {
    const words = room.snapshot && news.of(seenNow(room))
    if (words) spoken.say(words)
  }
  room.addEventListener("change", look)
  setInterval(look, LOOK_EVERY_MS)
}

function seenNow(room) {
  const { snapshot } = room
  const { part } = snapshot.room
  const card = part === "film" || part === "after" ? room.current() : null
  const cardOf = (cueId) => snapshot.cards.find((each) => each.cue_id === cueId) ?? {}
  return {
    part,
    card: card?.cue_id ?? "",
    named: () => `${kindWord(card.kind)}: ${cardWords(card).words}`,
    results: Object.keys(snapshot.results ?? {}),
    told: (cueId) => resultWords(cardWords(cardOf(cueId)).options, snapshot.results[cueId]),
    watchFor: part === "film" ? (snapshot.checkpoint?.watch_for ?? "") : "",
    isAtTheEnd: isAtTheEnd(room),
    isSilent: part === "after" && (snapshot.silence_until ?? 0) > room.clock.now(),
    isLost: room.lostFor >= LOST_FOR,
  }
}

/** "Popcorn 2, Old velvet 1"; what nobody chose is left out. */
function resultWords(options, { counts = {} }) {
  const chosen = options.filter(({ id }) => counts[id]).sort((a, b) => counts[b.id] - counts[a.id])
  return chosen.map(({ id, text }) => `${text} ${counts[id]}`).join(", ") || n("{count} vote", "{count} votes", 0)
}
