/** The level of a line that Firstnode itself adds to the log of a start. */
export const ownLevel = 'NOTE'

/** The line of a start's log that names the environment variables kept from the node; those of npm, of which there are dozens, as one. */
export function withheldLine(names: readonly string[]): string {
  const shown = [...new Set(names.map((name) => (name.startsWith('npm_') ? 'npm_*' : name)))]
  return `Environment variables not passed to Elasticsearch: ${shown.join(', ')}.`
}
