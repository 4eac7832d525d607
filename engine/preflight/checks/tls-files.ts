import { readdir } from 'node:fs/promises'
import { problem } from '../../../shared/problems/problem.ts'
import { blocks, type Rule, undoneBy } from '../check.ts'
import { tlsSettings } from '../configured.ts'
import { tlsFilesProblem } from '../tls-files.ts'

/** A home whose security is configured does not start without its certificates: they come back, or the settings that name them go. */
export const tlsFilesRule: Rule = {
  id: 'tls-files',
  title: 'Certificates',
  run: async (context) => {
    const found = await tlsFilesProblem(context)
    if (found === null) return null
    const neverRan = (await Promise.all(context.installation.data.map((path) => readdir(path).catch(() => [])))).every((names) => names.length === 0)
    const { remedy } = neverRan ? problem('tls_files_anew', { home: context.installation.home }) : found
    return undoneBy(blocks(found.message, remedy, found.code), { settings: context.settings === null ? [] : tlsSettings(context.settings) })
  },
}
