import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FreshHome } from '../support/fresh-home.ts'
import { quickTool } from '../support/quick-tool.ts'
import type { Ended } from './firstnode.ts'

/** Runs a program that is not ours; `stdin` is written to it. */
export function program(name: string, args: readonly string[], more: { stdin?: string; env?: Record<string, string>; as?: FreshHome['account'] } = {}): Promise<Ended> {
  const owner = more.as !== undefined && process.getuid?.() === 0 ? { uid: more.as.uid, gid: more.as.gid } : {}
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...more.env }, ...owner })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(more.stdin ?? '')
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

/** One of Elasticsearch's own tools, as the account that owns the home. */
export function stockTool(fresh: FreshHome, tool: string, args: readonly string[], { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {}): Promise<Ended> {
  return program(join(fresh.home, 'bin', tool), args, { stdin, as: fresh.account, env: { ES_JAVA_HOME: fresh.java, ...quickTool(tool), ...env } })
}

/** curl with our CA; the password goes through its configuration on standard input, not through its arguments. Gives the HTTP status. */
export async function curlStatus(url: string, caCertificate: string, password: string, method = 'GET'): Promise<number> {
  const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  const lines = [`url = ${quoted(url)}`, `cacert = ${quoted(caCertificate)}`, `user = ${quoted(`elastic:${password}`)}`, `request = ${quoted(method)}`, 'silent', 'show-error', 'output = "/dev/null"', 'write-out = "%{http_code}"']
  const { code, out, err } = await program('curl', ['-q', '-K', '-'], { stdin: lines.join('\n') })
  if (code !== 0) throw new Error(`curl ended with ${code}: ${err}`)
  return Number(out)
}

/** Files below `folder` whose bytes hold `text`. */
export async function filesHolding(folder: string, text: string): Promise<string[]> {
  const holding: string[] = []
  const wanted = Buffer.from(text)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
      // a running node deletes and renames its own files
      if (thrown.code === 'ENOENT') return Buffer.alloc(0)
      throw thrown
    })
    if (bytes.includes(wanted)) holding.push(path)
  }
  return holding
}

/** Processes whose arguments or environment hold `text`: their numbers, with where it stands. This process, which knows it, is among those asked. */
export async function processesHolding(text: string): Promise<string[]> {
  const holding: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const where of ['cmdline', 'environ']) {
      const held = await readFile(join('/proc', pid, where), 'utf8').catch(() => '')
      if (held.includes(text)) holding.push(`${pid} ${where}`)
    }
  }
  return holding
}
