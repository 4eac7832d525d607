import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/free-ports.ts'

/** A Kibana home with a stand-in for Kibana in it. */
export interface StandInHome {
  readonly home: string
  readonly settingsFile: string
  readonly port: number
  remove(): Promise<void>
}

/** Lays out a home as an unpacked archive has it, owned by `account`. Its kibana.yml sets the port, so that tests side by side do not meet. */
export async function kibanaStandInHome(version: string, account: { readonly uid: number; readonly gid: number }, settings = ''): Promise<StandInHome> {
  const home = await mkdtemp(join(tmpdir(), 'firstnode-kibana-'))
  const port = await freePort()
  const settingsFile = join(home, 'config', 'kibana.yml')
  for (const folder of ['bin', 'config', 'data', 'logs']) await mkdir(join(home, folder))
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'kibana', version }))
  await writeFile(settingsFile, `# For more configuration options see the documentation\nserver.port: ${port}\n${settings}`)
  const program = fileURLToPath(new URL('kibana-stand-in.ts', import.meta.url))
  await writeFile(join(home, 'bin', 'kibana'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "${home}"\n`, { mode: 0o755 })
  await chmod(home, 0o755)
  if (process.getuid?.() === 0) {
    for (const name of ['', ...(await readdir(home, { recursive: true }))]) await chown(join(home, name), account.uid, account.gid)
  }
  return { home, settingsFile, port, remove: () => rm(home, { recursive: true, force: true }) }
}
