import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { problem } from '../../../shared/problems/problem.ts'
import { configPaths } from '../../security/config-paths.ts'
import { blocksWith, passed, type Rule } from '../check.ts'

/**
 * What a set-up replaces or moves aside cannot be a mount point of its own, as single files and folders are in containers: stock's
 * auto-configuration ends with 74 there. The whole config directory may be one.
 */
export const mountsRule: Rule = {
  id: 'mounts',
  title: 'Mounted files',
  writes: true,
  run: async ({ installation: { config }, mountPoints }) => {
    const real = await realpath(config).catch(() => config)
    const { yml, keystore, certs } = configPaths(real)
    const path = [certs, keystore, yml].find((one) => mountPoints.has(one))
    if (path === undefined) return passed('Every file that the setup writes can be replaced.')
    const told = join(config, path.slice(real.length))
    return blocksWith(problem('mounted_alone', { path: told, folder: config }))
  },
}
