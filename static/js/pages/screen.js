// Televisions have old browsers: nothing here is newer than ES2018, so no `?.`, no `#private`, and none of our other modules.
import { io } from "../../vendor/socket.io-4.8.4.esm.min.js"

const SOON_MS = 120
const UNCONNECTED_MS = 10000
const LATE_MS = 30
const GLOW_MS = 3000
const HELP_MS = 60000
const SHIFT_MS = 60000
const SHIFTS = [[0, 0], [8, 4], [-8, 8], [4, -8], [-4, -4]]
const SLIDE_MS = 12000
const READ_JUST_NOW = ["countdown", "code", "card", "result"]
const TRIED = "companion.loaded-again-for"

const main = document.querySelector("main")
const code = main.dataset.code
const mine = now().dataset.build
const openedAt = Date.now()
let socket = null
let timer = 0
let glowTimer = 0
let shown = ""
let shift = 0

begin()

/** The socket is only a bell: what to show comes as the same markup that the page began with. */
function begin() {
  socket = io(location.origin, { auth: { code, role: "screen" }, transports: ["websocket", "polling"] })
  socket.onAny((name, message) => heard(name, message))
  setInterval(() => socket.connected || refresh(), UNCONNECTED_MS)
  setInterval(guardAgainstBurnIn, SHIFT_MS)
  setInterval(nextSlide, SLIDE_MS)
  setInterval(countDown, 200)
  document.addEventListener("fullscreenchange", renew)
  document.addEventListener("click", (event) => event.target.closest("[data-full]") && document.documentElement.requestFullscreen())
  arrived()
}

function heard(name, message) {
  if (name === "pulse" || name === "tally_changed") return
  if (name === "people_changed" && now().dataset.mode !== "lobby") return
  if (name === "room_changed" && message.room.code !== code) return location.replace("/tv/" + message.room.code)
  soon(SOON_MS)
}

function soon(ms) {
  clearTimeout(timer)
  timer = setTimeout(refresh, ms)
}

function now() {
  return main.querySelector(".tv")
}

function refresh() {
  return fetch("/tv/" + code + "/now", { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
    .then(replace)
    .catch(() => soon(UNCONNECTED_MS))
}

function replace(html) {
  if (html !== shown) {
    const before = now().dataset.key
    const template = document.createElement("template")
    template.innerHTML = html.trim()
    main.replaceChild(template.content.firstElementChild, now())
    if (now().dataset.key !== before) now().classList.add("fades-in")
  }
  shown = html
  arrived()
}

/** What the markup now on the page asks for: another look at its time, a glow, help in an empty lobby. */
function arrived() {
  const { againIn, glowIn, left } = now().dataset
  if (againIn) soon(Number(againIn) * 1000 + LATE_MS)
  if (glowIn) glow()
  if (left) now().dataset.startsAt = String(Date.now() + Number(left) * 1000)
  const full = now().querySelector("[data-full]")
  if (full) full.hidden = !document.documentElement.requestFullscreen || Boolean(document.fullscreenElement)
  helpAfterAWhile()
  renew()
}

/** The server has newer scripts than this page: it loads itself again, once, while nobody reads it, and never out of full screen. */
function renew() {
  const { build, mode } = now().dataset
  const mayNot = READ_JUST_NOW.indexOf(mode) >= 0 || document.fullscreenElement
  if (build !== mine && !mayNot && !hasTried(build)) location.reload()
}

/** Whether this tab was loaded again for that build before; from now on it was. */
function hasTried(build) {
  try {
    const before = sessionStorage.getItem(TRIED)
    sessionStorage.setItem(TRIED, build)
    return before === build
  } catch (error) {
    return true // without a memory it would load for ever
  }
}

function glow() {
  const dot = now().querySelector(".tv__dot")
  if (!dot) return
  clearTimeout(glowTimer)
  dot.dataset.glows = "yes"
  glowTimer = setTimeout(() => dot.removeAttribute("data-glows"), GLOW_MS)
}

function helpAfterAWhile() {
  const help = now().querySelector("[data-help]")
  const count = now().querySelector("[data-count]")
  if (!help || !count || count.dataset.count !== "0") return
  const left = openedAt + HELP_MS - Date.now()
  if (left > 0) return void setTimeout(helpAfterAWhile, left + LATE_MS)
  help.hidden = false
}

function countDown() {
  const place = now().querySelector("[data-count-down]")
  if (place) place.textContent = String(Math.max(0, Math.ceil((Number(now().dataset.startsAt) - Date.now()) / 1000)))
}

/** Nothing stands on the same pixels for more than a minute. */
function guardAgainstBurnIn() {
  shift = (shift + 1) % SHIFTS.length
  main.style.setProperty("--shift-x", SHIFTS[shift][0] + "px")
  main.style.setProperty("--shift-y", SHIFTS[shift][1] + "px")
}

function nextSlide() {
  const slides = Array.prototype.slice.call(now().querySelectorAll("[data-slide]"))
  if (slides.length < 2) return
  const at = slides.findIndex((slide) => !slide.hidden)
  slides[at].hidden = true
  const next = slides[(at + 1) % slides.length]
  next.hidden = false
  next.classList.add("fades-in")
}
