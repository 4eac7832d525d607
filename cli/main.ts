import process from 'node:process'
import { openEngine } from './open-engine.ts'
import type { Io } from './io.ts'
import { run } from './run.ts'

const secretVariables = ['ELASTIC_PASSWORD', 'ENROLLMENT_TOKEN', 'KEYSTORE_PASSWORD', 'KIBANA_PASSWORD']

const env = { ...process.env }
// Nothing that this process starts may inherit them.
for (const name of secretVariables) delete process.env[name]

const io: Io = {
  args: process.argv.slice(2),
  env,
  cwd: process.cwd(),
  platform: process.platform,
  // Opened by whoever reads it: standard input may be closed.
  get stdin() {
    return process.stdin
  },
  stdout: process.stdout,
  stderr: process.stderr,
  onSignal: (listener) => {
    const stop = (signal: NodeJS.Signals): void => {
      if (signal === 'SIGINT' || signal === 'SIGTERM') listener(signal)
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    return () => process.off('SIGINT', stop).off('SIGTERM', stop)
  },
  openEngine,
}

const code = await run(io)
// A node that was started may hold handles of this process: the work is over, and so is the process.
process.exit(code)
