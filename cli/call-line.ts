import { quotes } from '../shared/shell-lines.ts'
import type { Io } from './io.ts'

/** A command of ours as a line to run next: in the way this one was called, the home quoted for the shell. */
export function callLine({ env, platform }: Pick<Io, 'env' | 'platform'>, command: string, home: string): string {
  const call = env.npm_lifecycle_event === 'firstnode' ? 'npm run -s firstnode --' : 'firstnode'
  return `${call} ${command} --home ${quotes[platform === 'win32' ? 'powershell' : 'sh'](home)}`
}
