/** The assignments of a systemd environment file: `NAME=value` lines, quotes taken off, comments and empty values left out. */
export function readAssignments(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line)
    const [, name, value = ''] = match ?? []
    if (name === undefined) continue
    const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2')
    if (bare !== '') found[name] = bare
  }
  return found
}
