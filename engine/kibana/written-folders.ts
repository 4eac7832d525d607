import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readInOwnFolder } from '../plan/in-own-folder.ts'
import { readJournal, type Journal } from '../plan/journal.ts'
import { readSettled } from '../plan/settled.ts'
import { whatIsThere } from '../plan/undo.ts'
import { isFolder, settingsBytes, type KibanaHome } from './kibana-home.ts'

/**
 * The folders other than the config directory in which Firstnode wrote for a Kibana, whatever its settings say now: they
 * may not be YAML any more, or name another data folder. A CA certificate is found by the settings, and by the journal of
 * what was written into them. Touches nothing. Problem: `journal_unreadable`.
 */
export async function writtenFolders(kibana: Pick<KibanaHome, 'config' | 'data'>): Promise<string[]> {
  const { config, data } = kibana
  const text = (await settingsBytes(join(config, 'kibana.yml')).catch(() => null))?.toString('utf8') ?? ''
  const named = [text, ...(await linesWritten(config))].flatMap(certificateFolders)
  const found = new Set<string>()
  for (const folder of new Set([data, ...named])) {
    const real = await realpath(folder).catch(() => null)
    if (real === null || real === (await realpath(config)) || !(await isFolder(real))) continue
    if ((await whatIsThere(real)) !== 'nothing') found.add(real)
  }
  return [...found]
}

/** What the journals of `kibana.yml` tell of the lines that were written; secrets are not among them. */
async function linesWritten(config: string): Promise<string[]> {
  if (!(await isFolder(config))) return []
  const journals = await readInOwnFolder<Journal[]>(config, [], async (_, own) => {
    const open = await readJournal(own)
    return [...(await readSettled(own)), ...(open === null ? [] : [open])]
  })
  const edits = journals.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'write' ? (step.edits ?? []) : [])))
  return edits.flatMap(({ added }) => added.filter((line) => typeof line === 'string'))
}

/** Folders of certificates as they are named: `ca_` and the time in milliseconds. */
function certificateFolders(text: string): string[] {
  const paths = text.matchAll(/(?:[A-Za-z]:)?[\\/][^\r\n'"\],]*?[\\/]ca_\d{13}\.crt/g)
  return Array.from(paths, ([path]) => dirname(path))
}
