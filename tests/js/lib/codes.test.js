import assert from "node:assert/strict"
import { test } from "node:test"
import { codeIn, grouped } from "../../../static/js/lib/codes.js"

test("a code is grouped as it is read aloud", () => {
  assert.deepEqual(["4829", "482917", "482917350"].map(grouped), ["482 9", "482 917", "482 917 350"])
})

test("spaces, hyphens, full-width and Arabic digits make the same code", () => {
  for (const typed of ["482917", "482 917", "482-917", "４８２９１７", "٤٨٢٩١٧", " 482\u00a0917 "]) assert.equal(codeIn(typed), "482917", typed)
})

test("a whole link is a code too", () => {
  assert.equal(codeIn("http://192.168.1.20:8080/j/482917"), "482917")
  assert.equal(codeIn("https://party.example/r/482917350?seat=2"), "482917350")
})
