import { all, one } from "../lib/dom.js"
import { t } from "../lib/words.js"

/** A picture to keep as PNG: drawn by this browser from the server's SVG; where that fails the SVG itself is kept. */
for (const link of all("[data-picture]")) link.addEventListener("click", keep)

async function keep(event) {
  event.preventDefault()
  const link = event.currentTarget
  try {
    save(await asPng(await (await fetch(link.href)).text()), link.href.split("/").pop().replace(".svg", ".png"))
    one("[data-picture-words]").textContent = t("Saved as PNG.")
  } catch {
    one("[data-picture-words]").textContent = t("This browser cannot make a PNG. Saved as SVG.")
    location.assign(link.href)
  }
}

async function asPng(svg) {
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  canvas.getContext("2d").drawImage(image, 0, 0)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no png"))), "image/png"))
}

function save(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
