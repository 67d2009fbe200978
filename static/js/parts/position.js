import { one, write } from "../lib/dom.js"
import { clock } from "../lib/durations.js"

/** Where the film is: a thin line of light and the time. Writes only what changed, once a second at most. */
class FilmPosition extends HTMLElement {
  /** @param {{part: string, position: number, runtime: number, isPlaying: boolean}} where */
  show({ part, position, runtime, isPlaying }) {
    const inFilm = part === "film" && Number.isFinite(position)
    this.dataset.playing = isPlaying ? "yes" : "no"
    this.style.setProperty("--share", inFilm ? Math.min(1, Math.max(0, position / runtime)).toFixed(4) : part === "before" ? "0" : "1")
    const time = one(".film-position__time", this)
    const said = inFilm ? clock(position) : ""
    write(time, said)
    one(".film-position__paused", this).hidden = !inFilm || isPlaying
    one(".film-position__words", this).hidden = !inFilm
  }
}

customElements.define("film-position", FilmPosition)
