import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { noncePlaceholder } from '../../shared/browser-session.ts'

/** A folder laid out as the build lays out the page: a document with places for the nonce, a script with its gzipped twin, a picture. */
export async function pageDouble(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-page-'))
  await mkdir(join(folder, 'assets'))
  const html = `<!doctype html><meta property="csp-nonce" nonce="${noncePlaceholder}"><title>Firstnode</title><script type="module" src="/assets/main-1.js" nonce="${noncePlaceholder}"></script>`
  const script = `document.body.textContent = 'here'\n`
  await writeFile(join(folder, 'index.html'), html)
  await writeFile(join(folder, 'assets', 'main-1.js'), script)
  await writeFile(join(folder, 'assets', 'main-1.js.gz'), gzipSync(script))
  await writeFile(join(folder, 'assets', 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
