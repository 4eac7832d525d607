import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { noncePlaceholder } from '../shared/browser-session.ts'
import { licencesBeside } from './licences.mjs'

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The page: one folder of files that any host gives out. FIRSTNODE_PAGE_OUT is set by the build, which renames it into place. */
export default defineConfig({
  root: folder('renderer'),
  cacheDir: folder('node_modules/.vite'),
  publicDir: false,
  plugins: [react(), licencesBeside({ styles: true })],
  html: { cspNonce: noncePlaceholder },
  build: {
    outDir: process.env.FIRSTNODE_PAGE_OUT ?? folder('dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the page lets fonts come from the host alone, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
