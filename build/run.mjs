import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program to its end, and passes on the signals that this process gets meanwhile (spawnSync could not, and would
 * leave servers behind).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit status; 128 + signal where a signal ended it
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  const passOn = signals.map((signal) => {
    const listener = () => void child.kill(signal)
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const off of passOn) off()
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

/**
 * Runs npm, with the Node it was started with: not one out of node_modules, which it may be about to replace.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runNpm(args, options = {}) {
  const npm = process.env.npm_execpath
  if (npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)) return run(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
  // npm.cmd is a batch file, which Windows starts by a shell only; the arguments are our own words.
  return process.platform === 'win32' ? run('npm.cmd', args, { ...options, shell: true }) : run('npm', args, options)
}
