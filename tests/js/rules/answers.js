// Reads questions (a JSON list) from standard input and writes what the browser's rules answer, for Python to compare.
import { readFileSync } from "node:fs"
import * as alignment from "../../../static/js/rules/alignment.js"
import * as playback from "../../../static/js/rules/playback.js"
import * as programme from "../../../static/js/rules/programme.js"

const rules = { alignment, playback, programme }
const plain = (found) => (found === -Infinity ? "-inf" : found)
const questions = JSON.parse(readFileSync(0, "utf8"))
process.stdout.write(JSON.stringify(questions.map(([ring, call, ...args]) => plain(rules[ring][call](...args)) ?? null)))
