import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Caller {
  readonly uid: number
  readonly gid: number
  readonly groups?: readonly number[]
}

/**
 * Runs `deed` in a process that gives up being root once it has read its code, which may be where only root can read.
 * `imports`: names and the files they come from. Without `groups` the caller is a member of its own group alone.
 */
export function asAccount(caller: Caller, imports: Readonly<Record<string, string>>, deed: string): void {
  const { uid, gid, groups = [] } = caller
  const address = (file: string): string => pathToFileURL(join(import.meta.dirname, '..', '..', '..', file)).href
  const lines = Object.entries(imports).map(([name, file]) => `import { ${name} } from ${JSON.stringify(address(file))}`)
  const becomes = [`process.setgroups(${JSON.stringify(groups)})`, `process.setgid(${gid})`, `process.setuid(${uid})`]
  const script = [...lines, ...becomes, deed].join('\n')
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
}
