import { registerHooks } from 'node:module'
import { isMainThread } from 'node:worker_threads'

/** Where the module `electron` lies in place of the npm package of that name, which would download the binary. */
const standIn = new URL(import.meta.url.endsWith('.ts') ? './electron-module.ts' : './electron-module.js', import.meta.url).href
const names = new Set(['electron', 'electron/main', 'electron/common'])

registerHooks({
  resolve(specifier, context, next) {
    if (!names.has(specifier)) return next(specifier, context)
    if (!isMainThread) throw new Error('A worker has no module "electron": only the main thread of the main process has.')
    return { url: standIn, shortCircuit: true, ...(standIn.endsWith('.ts') ? { format: 'module-typescript' } : { format: 'module' }) }
  },
})
