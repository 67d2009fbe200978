import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { test } from "node:test"
import { fileURLToPath } from "node:url"

const PAGE = fileURLToPath(new URL("../../../static/js/pages/screen.js", import.meta.url))
/** Node carries a parser that can be told how old the language is. */
const PARSE = `
  const acorn = require("internal/deps/acorn/acorn/dist/acorn")
  acorn.parse(require("fs").readFileSync(0, "utf8"), { ecmaVersion: Number(process.argv[1]), sourceType: "module" })`

function parses(code, year) {
  try {
    execFileSync(process.execPath, ["--expose-internals", "-e", PARSE, String(year)], { input: code, stdio: "pipe" })
    return true
  } catch {
    return false
  }
}

function reached(path, seen = new Set()) {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, target] of readFileSync(path, "utf8").matchAll(/from "(\.[^"]+)"/g)) reached(resolve(dirname(path), target), seen)
  return seen
}

test("the television's scripts are no newer than ES2018", () => {
  const scripts = [...reached(PAGE)]
  assert.equal(scripts.length, 2)
  for (const script of scripts) assert.ok(parses(readFileSync(script, "utf8"), 2018), script)
})

test("the parser would notice what is newer", () => {
  assert.equal(parses("a?.b", 2018), false)
  assert.equal(parses("class A { #b = 1 }", 2018), false)
})

test("the television calls nothing that came after ES2018", () => {
  const code = readFileSync(PAGE, "utf8")
  assert.doesNotMatch(code, /\.(flat|flatMap|at|replaceAll|matchAll|fromEntries|allSettled|replaceChildren|toSorted)\(/)
})
