import { writeSync } from 'node:fs'
import process from 'node:process'
import { workingFolder } from '../engine/system/home-folder.ts'
import { takeSecrets } from '../engine/secret-variables.ts'
import { callersFolder } from './call-line.ts'
import { openEngine } from './open-engine.ts'
import { openWizard } from './open-wizard.ts'
import type { Io } from './io.ts'
import { asksJson, problemOutput, toldOf } from './problem-page.ts'
import { run } from './run.ts'
import { styleOf } from './terminal/style.ts'

const env = takeSecrets()

let stopListening = (): void => undefined

const io: Io = {
  args: process.argv.slice(2),
  env,
  // The shell's name of a folder that was deleted: what is named relative to it is not there, and that is said.
  cwd: callersFolder(env, workingFolder() ?? env.PWD ?? '/'),
  platform: process.platform,
  // Opened by whoever reads it: standard input may be closed.
  get stdin() {
    return process.stdin
  },
  stdout: process.stdout,
  stderr: process.stderr,
  answer: { begun: false },
  onSignal: (listener) => {
    const stop = (signal: NodeJS.Signals): void => {
      if (signal === 'SIGINT' || signal === 'SIGTERM') listener(signal)
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    stopListening = () => void process.off('SIGINT', stop).off('SIGTERM', stop)
    return stopListening
  },
  openEngine,
  openWizard: (args) => {
    // The wizard has its own way to end.
    stopListening()
    return openWizard(args)
  },
}

// A fault outside of the command's own way: one message, as for any other. What was begun is taken up by the next `up`.
process.on('uncaughtException', (thrown) => {
  const told = toldOf(thrown)
  const { on, text } = problemOutput(told, { json: asksJson(io.args), answered: io.answer.begun, style: styleOf(io.stderr, env, io.platform) })
  try {
    writeSync(on === 'stdout' ? 1 : 2, text)
  } finally {
    process.exit(told.exit)
  }
})

const code = await run(io)
// A node that was started may hold handles of this process: the work is over, and so is the process.
process.exit(code)
