import { clock } from "../lib/durations.js"
import { make, one } from "../lib/dom.js"
import { t } from "../lib/words.js"

const TENTHS = [..."0123456789"]

/** The keys of the remote (UX.md section 2): what each does, and whether it works just now. */
export function hotkeys(room, { part, open, ask, codeOnTelevision, sureOf }) {
  const inFilm = () => room.snapshot?.room.part === "film"
  const runs = () => Boolean(room.snapshot) && room.snapshot.room.part !== "ended"
  const isOn = () => ["film", "after"].includes(room.snapshot?.room.part)
  const transport = part("host-transport")
  const next = part("coming-up")
  const by = (seconds) => () => transport.seekBy(seconds)
  const row = (keys, words, works, act) => ({ keys, words, works, act })
  return [
    row([" ", "k"], t("Play or pause"), () => inFilm() || room.snapshot?.room.part === "before", () => transport.playOrPause()),
    row(["ArrowLeft"], t("Back five seconds"), inFilm, by(-5)),
    row(["ArrowRight"], t("On five seconds"), inFilm, by(5)),
    row(["j"], t("Back ten seconds"), inFilm, by(-10)),
    row(["l"], t("On ten seconds"), inFilm, by(10)),
    row(["Shift+ArrowLeft"], t("Back one second"), inFilm, by(-1)),
    row(["Shift+ArrowRight"], t("On one second"), inFilm, by(1)),
    row([","], t("The film is 0.1 s behind us"), inFilm, () => transport.move(-0.1)),
    row(["."], t("The film is 0.1 s ahead of us"), inFilm, () => transport.move(0.1)),
    row(TENTHS, t("To a tenth of the film (asks first)"), inFilm, () => {}),
    row(["s"], t("“Now!”: this just happened"), () => inFilm() && !part("checkpoint-question").hidden, () => part("checkpoint-question").answer("now")),
    row(["n"], t("Show the next card now"), () => runs() && Boolean(next.next), () => next.showNext()),
    row(["x"], t("Skip the next card"), () => runs() && Boolean(next.next), () => next.skipNext()),
    row(["h"], t("Hold everything"), runs, () => transport.holdAll()),
    row(["p"], t("Ask the room something"), runs, ask),
    row(["r"], t("Show the result of the last poll"), () => runs() && part("poll-desk").mayReveal, () => part("poll-desk").revealLast()),
    row(["c"], t("The number on the television, for a minute"), isOn, codeOnTelevision),
    row(["c"], t("Show the code"), () => runs() && !isOn(), () => open("join-code")),
    row(["b"], t("Television and phones black, or light again"), runs, () => transport.black()),
    row(["z", "Ctrl+z"], t("Undo"), () => Boolean(part("act-list").last), () => part("act-list").undoLast()),
    row(["?"], t("These keys"), () => true, () => open("keys")),
  ].map((each) => (each.keys === TENTHS ? withTenths(each, room, transport, sureOf) : each))
}

/** The keys that work now, on the sheet behind "?". */
export function showKeys(root, rows) {
  const works = rows.filter((row) => row.works())
  one("[data-keys]", root).replaceChildren(...works.flatMap(({ keys, words }) => [make("dt", {}, ...names(keys)), make("dd", {}, words)]))
}

function withTenths(row, room, transport, sureOf) {
  const act = async (event) => {
    const place = (room.snapshot.room.runtime * Number(event.key)) / 10
    if (await sureOf(t("Move the film to {place}?", { place: clock(place) }))) transport.seekTo(place)
  }
  return { ...row, act }
}

function names(keys) {
  const shown = keys === TENTHS ? ["0–9"] : keys.map((key) => ({ " ": t("Space"), ArrowLeft: "←", ArrowRight: "→" })[key] ?? key.replace("ArrowLeft", "←").replace("ArrowRight", "→"))
  return shown.map((key) => make("kbd", {}, key.replace(/(^|\+)[a-z]$/, (letter) => letter.toUpperCase())))
}
