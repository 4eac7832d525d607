// npm run help: what the scripts of package.json do.
import { readFileSync } from 'node:fs'
import { inRoot } from './root.mjs'

const { scripts, scriptsExplained } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
for (const name of Object.keys(scripts)) {
  const command = name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`
  process.stdout.write(`${command.padEnd(26)} ${scriptsExplained[name]}\n`)
}
