import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that is laid out as an unpacked Kibana, without one in it. Gone when the test is over. `settings` null: no kibana.yml. */
export async function kibanaFolder({ settings = '# as it comes\n#server.port: 5601\n', version = '9.4.3', launcher = '' }: { settings?: string | null; version?: string; launcher?: string } = {}): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'firstnode-kibana-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  for (const folder of ['bin', 'config', 'data', 'logs']) await mkdir(join(home, folder))
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'kibana', version, branch: '9.4' }))
  if (settings !== null) await writeFile(join(home, 'config', 'kibana.yml'), settings)
  if (launcher !== '') await writeFile(join(home, 'bin', 'kibana'), launcher, { mode: 0o755 })
  return home
}
