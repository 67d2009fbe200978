// @ts-check

/** The server said no, in a sentence for the person. */
export class Refused extends Error {
  /** @param {{code: string, sentence: string}} refused @param {object} [ack] the whole answer, which may carry what is true instead */
  constructor({ code, sentence }, ack = {}) {
    super(sentence)
    this.name = "Refused"
    this.code = code
    this.sentence = sentence
    this.ack = ack
  }
}

/** Nobody answered: not connected, or the connection went away. `kept` when it will be sent later by itself. */
export class Unsent extends Error {
  /** @param {boolean} [kept] */
  constructor(kept = false) {
    super("No connection")
    this.name = "Unsent"
    this.code = "unsent"
    this.kept = kept
  }
}
