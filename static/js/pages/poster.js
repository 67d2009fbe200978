import { on, one } from "../lib/dom.js"
import { picture } from "../lib/qr.js"

on(document, "click", "[data-print]", () => print())
on(document, "input", "[data-wifi]", drawWifi)

/** The wifi as its own code; the words typed here go nowhere. */
function drawWifi() {
  const form = one("[data-wifi]")
  const ssid = form.elements.ssid.value
  const password = form.elements.password.value
  const place = one("[data-wifi-code]")
  place.hidden = !ssid
  one("[data-wifi-name]").textContent = ssid
  const how = password ? `T:WPA;S:${escaped(ssid)};P:${escaped(password)}` : `T:nopass;S:${escaped(ssid)}`
  if (ssid) one("img", place).src = picture(`WIFI:${how};;`, "#fff")
}

/** Backslash before the signs that mean something there (WPA3 specification, section 7). */
function escaped(text) {
  return text.replace(/([\\;,":])/g, "\\$1")
}
