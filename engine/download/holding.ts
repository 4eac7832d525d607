import { access } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Product } from '../../shared/contract/download.ts'
import { problem } from '../../shared/problems/problem.ts'
import { elasticsearch, type Holding } from '../installation/archive.ts'
import { versionOf } from '../installation/version.ts'
import { kibanaVersion } from '../kibana/kibana-home.ts'

const kibana: Holding = {
  async isWhole(folder) {
    if ((await kibanaVersion(folder)) === null) return false
    const launcher = join(folder, 'bin', process.platform === 'win32' ? 'kibana.bat' : 'kibana')
    return access(launcher).then(() => true, () => false)
  },
  missing: (archive) => problem('archive_no_kibana', { archive }),
}

/**
 * What an archive of a product must hold, as `unpackArchive` wants to know it. With `version` that one and no other: a signature says who made an archive, not which one was asked for, so a
 * mirror could give an old one, with its old mistakes, under a new name. Problem: `download_other_version`.
 */
export function holdingOf(product: Product, version?: string): Holding {
  const holding = product === 'kibana' ? kibana : elasticsearch
  if (version === undefined) return holding
  return {
    ...holding,
    async isWhole(folder, archive) {
      if (!(await holding.isWhole(folder, archive))) return false
      const found = product === 'kibana' ? await kibanaVersion(folder) : (await versionOf(folder)).text
      if (found !== version) throw problem('download_other_version', { name: basename(archive), version, found: found ?? 'another' })
      return true
    },
  }
}
