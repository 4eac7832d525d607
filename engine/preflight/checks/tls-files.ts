import { readdir } from 'node:fs/promises'
import { problem } from '../../../shared/problems/problem.ts'
import { blocks, type Rule } from '../check.ts'
import { tlsFilesProblem } from '../tls-files.ts'

/** A home whose security is configured does not start without its certificates; nothing but they themselves can help, or a new set-up. */
export const tlsFilesRule: Rule = {
  id: 'tls-files',
  title: 'Certificates',
  run: async (context) => {
    const found = await tlsFilesProblem(context)
    if (found === null) return null
    const neverRan = (await Promise.all(context.installation.data.map((path) => readdir(path).catch(() => [])))).every((names) => names.length === 0)
    const { remedy } = neverRan ? problem('tls_files_anew', { home: context.installation.home }) : found
    return blocks(found.message, remedy, found.code)
  },
}
