import { endWithParent } from './parent.mjs'

/**
 * Ends this process with the status that `work` gives (null: it goes on by itself), or with one sentence and 1.
 * @param {() => Promise<number | null>} work
 */
export async function endWith(work) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    process.stderr.write(`Firstnode needs Node 20 or newer; this is ${process.versions.node}.\n`)
    process.exit(1)
  }
  endWithParent()
  try {
    const status = await work()
    if (status !== null) process.exitCode = status
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

/**
 * Gives what `work` gives, or ends this process with what went wrong and no stack trace: the mistake is in the sources.
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function endWithReason(work) {
  try {
    return await work
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return process.exit(1)
  }
}
