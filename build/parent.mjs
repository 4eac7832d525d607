/**
 * npm starts a script by a shell and passes signals on to that shell only, which dies and leaves the script behind: a
 * script that npm started ends as if it had got SIGTERM itself when its parent is gone. Does not keep the process alive.
 * @param {{env?: NodeJS.ProcessEnv, parent?: () => number, every?: number}} [at] `every` in ms
 */
export function endWithParent({ env = process.env, parent = () => process.ppid, every = 200 } = {}) {
  if (env.npm_lifecycle_event === undefined) return
  const first = parent()
  const timer = setInterval(() => {
    if (parent() === first && alive(first)) return
    clearInterval(timer)
    if (!process.emit('SIGTERM')) process.exit(143)
  }, every)
  timer.unref()
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
