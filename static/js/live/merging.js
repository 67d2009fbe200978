// @ts-check

/** What a snapshot may have changed. */
export const EVERYTHING = ["snapshot", "playback", "cards", "results", "tallies", "votes", "you", "people", "part", "queue", "alignment"]
/** After these commands the html held is in another language or of other notes. */
export const RENEWS_HTML = new Set(["set_language", "take_revision"])

/**
 * What this phone knows of the room: the last snapshot with the facts that came since. Facts may be missed or repeated; they are in
 * order by revision alone. A snapshot wins over everything when it comes with a connection; one that was asked for wins unless facts
 * have overtaken it.
 */
export class Merging {
  /** @type {Record<string, any> | null} */
  snapshot = null
  /** Every result that was sent, also those not to be shown yet. @type {Record<string, any>} */
  results = {}
  /** The newest revision heard of. */
  revision = -1

  /** @type {Map<string, {html: string, lang: string}>} */
  #html = new Map()
  /** @type {Map<string, number>} */
  #applied = new Map()

  /** Cards whose html need not be sent again. */
  get known() {
    return [...this.#html.keys()]
  }

  /** The html held may be out of date: the language or the notes changed. */
  forgetHtml() {
    this.#html.clear()
  }

  /**
   * @param {Record<string, any>} snapshot
   * @param {boolean} isConnecting
   * @returns {boolean} whether it was taken
   */
  take(snapshot, isConnecting) {
    if (!isConnecting && snapshot.revision < this.revision) return false
    this.revision = snapshot.revision
    this.#applied.clear()
    this.results = { ...snapshot.results }
    this.snapshot = { ...snapshot, cards: (snapshot.cards ?? []).map((/** @type {any} */ card) => this.#withHtml(card)) }
    return true
  }

  /**
   * @param {string} name
   * @param {any} message
   * @returns {string[]} what is different now
   */
  apply(name, message) {
    const change = Object.hasOwn(CHANGES, name) ? CHANGES[name] : null
    if (!this.snapshot || !change) return []
    if (message?.revision !== undefined && !this.#isNews(name, message)) return []
    return change(this.snapshot, message, this)
  }

  /**
   * What an accepted command of our own made true, without waiting to be told.
   * @param {string} command
   * @param {Record<string, any>} fields
   * @param {Record<string, any>} ack
   * @returns {string[]}
   */
  acknowledged(command, fields, ack) {
    if (!this.snapshot) return []
    const changed = OWN_ACTS[command]?.(this.snapshot, fields, ack) ?? []
    if (ack.playback) changed.push(...this.apply("playback_changed", ack))
    if (ack.alignment) changed.push(...this.apply("alignment_changed", ack))
    const switched = SWITCHES[command]?.(fields)
    if (switched) changed.push(...this.apply("room_changed", { room: { ...this.snapshot.room, ...switched }, revision: ack.revision }))
    return changed
  }

  /** @param {any[]} cards */
  upsert(cards) {
    const { snapshot } = this
    if (!snapshot) return
    const held = new Map(snapshot.cards.map((/** @type {any} */ card) => [card.cue_id, card]))
    for (const card of cards) held.set(card.cue_id, { ...held.get(card.cue_id), ...this.#withHtml(card) })
    snapshot.cards = [...held.values()]
  }

  /** What became of one card that is held. @param {string} cue_id @param {object} what */
  amend(cue_id, what) {
    if (!this.snapshot) return
    this.snapshot.cards = this.snapshot.cards.map((/** @type {any} */ card) => (card.cue_id === cue_id ? { ...card, ...what } : card))
  }

  /**
   * Repeats of a fact do no harm, older ones would. Facts about single cards or polls are newer than any snapshot they follow.
   * @param {string} name
   * @param {{revision: number}} message
   */
  #isNews(name, message) {
    if (message.revision < (this.#applied.get(name) ?? this.snapshot?.revision ?? -1)) return false
    this.#applied.set(name, message.revision)
    this.revision = Math.max(this.revision, message.revision)
    return true
  }

  /** @param {any} card */
  #withHtml(card) {
    if (card.html) {
      this.#html.set(card.cue_id, { html: card.html, lang: card.lang })
      return card
    }
    const held = this.#html.get(card.cue_id)
    return held ? { ...card, ...held } : card
  }
}

/** @typedef {Record<string, any>} Snapshot */

/** @type {Record<string, (snapshot: Snapshot, message: any, held: Merging) => string[]>} */
const CHANGES = {
  playback_changed(snapshot, { playback, playback_revision }) {
    snapshot.playback = playback
    snapshot.playback_revision = playback_revision ?? snapshot.playback_revision
    return ["playback"]
  },
  room_changed(snapshot, { room }, held) {
    if (room.sheet_revision !== snapshot.room?.sheet_revision) held.forgetHtml()
    snapshot.room = room
    return ["part"]
  },
  part_changed(snapshot, { part, revision: _, ...rest }) {
    snapshot.room = { ...snapshot.room, part }
    Object.assign(snapshot, rest)
    return part === "ended" ? ["part", "ended"] : ["part"]
  },
  alignment_changed(snapshot, { alignment, checkpoint }) {
    snapshot.alignment = alignment
    if (checkpoint !== undefined) snapshot.checkpoint = checkpoint
    return ["alignment"]
  },
  queue_changed(snapshot, { revision: _, ...lists }) {
    Object.assign(snapshot, lists)
    return ["queue"]
  },
  cards_released(snapshot, { cards, scenes, wait_until }, held) {
    held.upsert(cards)
    if (scenes) snapshot.scenes = { ...snapshot.scenes, ...scenes }
    if (wait_until !== undefined) snapshot.wait_until = wait_until
    return ["cards"]
  },
  quiet_changed(snapshot, { quiet }) {
    snapshot.quiet = quiet
    return ["cards"]
  },
  tally_changed(snapshot, { cue_id, counts, voters, hands }) {
    snapshot.tallies = { ...snapshot.tallies, [cue_id]: { counts, voters, hands } }
    return ["tallies"]
  },
  cards_taken_away(snapshot, { cue_ids }) {
    snapshot.cards = snapshot.cards.filter((/** @type {any} */ card) => !cue_ids.includes(card.cue_id))
    return ["cards"]
  },
  poll_opened(_snapshot, { cue_id }, held) {
    held.amend(cue_id, { closed: false })
    return ["cards"]
  },
  poll_closed(_snapshot, { cue_id, revision: _, ...counts }, held) {
    held.amend(cue_id, { closed: true, ...counts })
    return ["cards"]
  },
  result_shown(_snapshot, { revision: _, ...result }, held) {
    held.results = { ...held.results, [result.cue_id]: result }
    held.amend(result.cue_id, { counted: true })
    return ["results"]
  },
  result_hidden(_snapshot, { cue_id }, held) {
    const { [cue_id]: _hidden, ...others } = held.results
    held.results = others
    held.amend(cue_id, { counted: true })
    return ["results"]
  },
  people_changed(snapshot, message) {
    snapshot.people = { ...snapshot.people, ...(message.people ?? message) }
    return ["people"]
  },
  room_ended(snapshot, message) {
    snapshot.room = { ...snapshot.room, part: "ended" }
    if (message?.recap_url) snapshot.recap_url = message.recap_url
    return ["part", "ended"]
  },
}

/** @type {Record<string, (snapshot: Snapshot, fields: any, ack: any) => string[]>} */
const OWN_ACTS = {
  vote(snapshot, fields, ack) {
    snapshot.votes = { ...snapshot.votes, [fields.cue_id]: ack.option_id !== undefined ? ack.option_id : fields.option_id }
    return ["votes"]
  },
  set_delay: (snapshot, fields, ack) => own(snapshot, { delay: fields.seconds }, ack),
  rename: (snapshot, fields, ack) => own(snapshot, { name: fields.name }, ack),
  set_language: (snapshot, fields, ack) => own(snapshot, { lang: fields.lang }, ack),
  set_warnings: (snapshot, fields, ack) => own(snapshot, { warnings: fields.on }, ack),
}

/**
 * What a host's own switch makes of the room: the next press must not decide by what was true before this one.
 * @type {Record<string, (fields: any) => object | null>}
 */
const SWITCHES = {
  black: ({ on }) => ({ black: on }),
  hold: ({ cue_id, on }) => (cue_id === null ? { hold_all: on } : null),
  lock: ({ on }) => ({ locked: on }),
  show_code: ({ on }) => ({ code_until: on ? Infinity : null }),
}

/** @param {Snapshot} snapshot @param {object} asked @param {Record<string, any>} ack what was made of it, e.g. a name cleaned */
function own(snapshot, asked, ack) {
  const told = Object.fromEntries(["name", "delay", "in_ad", "lang", "warnings"].filter((key) => key in ack).map((key) => [key, ack[key]]))
  snapshot.you = { ...snapshot.you, ...asked, ...told }
  return ["you"]
}
