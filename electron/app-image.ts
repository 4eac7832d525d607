/** What an AppImage's starter sets for itself. `APPIMAGE`, the file, stays: the updater replaces that. */
const ofTheStarter = ['APPDIR', 'ARGV0', 'OWD']

/**
 * Takes out of `env` what the starter of an AppImage put in: lists with entries below its mount (`PATH`, `LD_LIBRARY_PATH`, `XDG_DATA_DIRS`, …)
 * lose these entries. What the application starts would find nothing there once it has ended, and a node outlives it.
 */
export function leaveAppImage(env: NodeJS.ProcessEnv): void {
  const mount = env.APPDIR
  if (!mount) return
  const isInside = (path: string): boolean => path === mount || path.startsWith(`${mount}/`)
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || ofTheStarter.includes(name) || !value.split(':').some(isInside)) continue
    const kept = value.split(':').filter((path) => path !== '' && !isInside(path))
    if (kept.length > 0) env[name] = kept.join(':')
    else delete env[name]
  }
  for (const name of ofTheStarter) delete env[name]
}
