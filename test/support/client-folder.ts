import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cacheFolder } from '../../engine/installation/practice-cache.ts'
import type { ClientSnippet } from '../../shared/contract/clients.ts'

/** What a program said, and how it ended. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A folder in which somebody follows a snippet to the letter: installs, saves, runs. */
export interface ClientFolder {
  /** the line of the snippet, with the machine's own registries */
  install(): Promise<void>
  /** saves `code` under the snippet's name and runs its line, with `secrets` in the environment, under a proxy that leads nowhere */
  run(code: string, secrets: Readonly<Record<string, string>>): Promise<Said>
  remove(): Promise<void>
}

const deadProxy = Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((name) => [name, 'http://127.0.0.1:1']))

export async function clientFolder({ install, file, run: line }: Pick<ClientSnippet, 'install' | 'file' | 'run'>): Promise<ClientFolder> {
  // With a space and a letter beyond ASCII, as folders of people have them.
  const folder = await mkdtemp(join(tmpdir(), 'firstnode client é'))
  // What cargo compiles once serves every run after it.
  const inherited = { ...withoutSecrets(process.env), CARGO_TARGET_DIR: join(cacheFolder(), 'clients', 'cargo-target') }
  return {
    install: async () => {
      const { code, out, err } = await sh(install, folder, inherited)
      if (code !== 0) throw new Error(`${install}\nended with ${code}: ${out}${err}`)
    },
    run: async (code, secrets) => {
      const path = join(folder, file)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, code)
      return sh(line, folder, { ...inherited, ...deadProxy, CARGO_NET_OFFLINE: 'true', ...secrets })
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

function withoutSecrets({ ELASTIC_PASSWORD: _, ELASTIC_API_KEY: __, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env
}

function sh(line: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', line], { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: 900_000 }, (failed, out, err) => {
      resolve({ code: failed === null ? 0 : typeof failed.code === 'number' ? failed.code : -1, out, err })
    })
    child.stdin?.end()
  })
}
