import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '../../support/free-ports.ts'
import type { FreshHome } from '../../support/fresh-home.ts'
import { runStock } from '../security/stock-tools.ts'

/**
 * Starts a never started home by stock's own `bin/elasticsearch -d`, as a first node or with an enrollment token, under this name and on ports that are free; a small heap. Ends
 * when that says the node is up, and fails with what it printed. Gives the port of HTTP.
 */
export async function startStock(fresh: FreshHome, nodeName: string, ...more: readonly string[]): Promise<number> {
  const { http, transport } = await freePorts()
  await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), `node.name: ${nodeName}\nhttp.port: ${http}\ntransport.port: ${transport}\n`)
  const options = `${process.env.ES_JAVA_OPTS ?? ''} -Xms512m -Xmx512m`.trim()
  const { code, stdout, stderr } = await runStock(fresh, 'elasticsearch', { args: ['-d', ...more], env: { ES_JAVA_OPTS: options } })
  if (code !== 0) throw new Error(`bin/elasticsearch ended with ${code}: ${stdout}${stderr}`)
  return http
}
