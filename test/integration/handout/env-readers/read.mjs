import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const { parse } = createRequire(join(process.cwd(), 'here.js'))('dotenv')
console.log(JSON.stringify(process.argv.slice(2).map((file) => parse(readFileSync(file)).V ?? null)))
