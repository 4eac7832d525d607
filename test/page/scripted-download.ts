import { setTimeout as pause } from 'node:timers/promises'
import type { DownloadOffer, DownloadWish, Product } from '../../shared/contract/download.ts'
import { downloadingTold } from './scripted-answers.ts'
import type { AskedWork } from '../../engine/work/work-desk.ts'

const versions = ['9.4.3', '8.19.2', '9.4.2', '9.3.1', '9.2.0', '8.19.1', '8.18.0', '8.16.6']

/** What the vendor would offer for this machine. */
export function offerFor(product: Product, from = 'https://artifacts.elastic.co'): DownloadOffer {
  return { product, versions: versions.map((version, at) => ({ version, major: Number.parseInt(version, 10), newest: at < 2 })), build: 'linux-x86_64', from }
}

/** Downloads, checks and unpacks in steps, each as long as `pace` says then (ms). */
export function downloadingFor(wish: DownloadWish, pace: () => number): AskedWork {
  const { product, into, version = '9.4.3', file } = wish
  const name = `${product}-${version}-linux-x86_64.tar.gz`
  const total = product === 'kibana' ? 391_000_000 : 652_000_000
  return {
    what: { what: 'download', ...wish },
    destination: into,
    work: async ({ signal, onProgress }) => {
      for (let done = file === undefined ? 0 : 11; done <= 10; done += 1) {
        onProgress({ text: `Downloading ${name}`, done: (total * done) / 10, total, unit: 'bytes', ...(done === 0 ? {} : { perSecond: 18_400_000 }) })
        await pause(pace(), undefined, { signal })
      }
      for (const text of [`Checking the SHA-512 of ${name}`, `Checking the signature of ${name}`, `Unpacking ${name}`]) {
        onProgress({ text, done: total / 2, total, unit: 'bytes' })
        await pause(pace(), undefined, { signal })
      }
      return { home: product === 'elasticsearch' ? downloadingTold.home : `${into}/kibana-${version}`, sentences: file === undefined ? downloadingTold.sentences : [`${file} was used; nothing was downloaded.`, `Its SHA-512 could not be checked: there is no ${name}.sha512 beside it.`] }
    },
  }
}
