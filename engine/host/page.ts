import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { noncePlaceholder } from '../../shared/browser-session.ts'
import { problem } from '../../shared/problems/problem.ts'

export interface PageFile {
  readonly type: string
  readonly body: Buffer
  /** the same, gzipped by the build; null where that was not worth it */
  readonly gzip: Buffer | null
}

export interface Page {
  /** The document with a fresh nonce, to be named in its policy. */
  document(): { readonly html: string; readonly nonce: string }
  /** The file behind a path of the address (`/assets/main-1a2b.js`), or null. */
  file(path: string): PageFile | null
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * Reads the built page into memory, so that no path of a request ever reaches the disk and a new build beneath a running
 * host cannot mix two pages. Ends with `page_not_built` where `folder` holds no page.
 */
export async function loadPage(folder: string): Promise<Page> {
  const template = await readFile(join(folder, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw problem('page_not_built', { folder }, { cause })
  })
  const files = new Map<string, PageFile>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const gzip = await readFile(`${path}.gz`).catch(() => null)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, body: await readFile(path), gzip })
  }

  return {
    document() {
      const nonce = randomBytes(18).toString('base64')
      return { html: template.replaceAll(noncePlaceholder, nonce), nonce }
    },
    file: (path) => files.get(path) ?? null,
  }
}
