import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Product } from '../../shared/contract/download.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Holding } from '../installation/archive.ts'
import { kibanaVersion } from '../kibana/kibana-home.ts'

const kibana: Holding = {
  async isWhole(folder) {
    if ((await kibanaVersion(folder)) === null) return false
    const launcher = join(folder, 'bin', process.platform === 'win32' ? 'kibana.bat' : 'kibana')
    return access(launcher).then(() => true, () => false)
  },
  missing: (archive) => problem('archive_no_kibana', { archive }),
}

/** What an archive of a product must hold, as `unpackArchive` wants to know it. */
export function holdingOf(product: Product): { holds?: Holding } {
  return product === 'kibana' ? { holds: kibana } : {}
}
