import { isAbsolute, join } from 'node:path'
import type { EnvPreview } from '../../shared/contract/handout.ts'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf } from '../plan/disk-problem.ts'
import { lstat, readFile, realpath } from '../plan/disk.ts'
import { sha256 } from '../plan/entry.ts'
import { isRoot } from '../plan/folder.ts'
import { ownerOfFolder } from '../plan/owner-of-folder.ts'
import type { Change, Owner, Plan } from '../plan/plan.ts'
import { previewChanges } from '../plan/preview.ts'
import { clientCertificateWords } from '../setup/client-snippets.ts'
import { envText } from './env-text.ts'
import { isEnvValue, isExpandedInEnv, isQuotedInEnv } from './env-value.ts'
import { gitTakesIn } from './git-takes-in.ts'
import type { Handout } from './handout.ts'

/** A `.env` as it will be, and what was said of it. */
export interface EnvDraft {
  readonly folder: string
  readonly owner: Owner | null
  readonly plan: Plan
  readonly preview: Omit<EnvPreview, 'planId'>
}

type Write = Change & { kind: 'write' }

/**
 * Drafts the `.env` of a project's folder, and, where `gitignore` is set and Git would take it in, the line in its .gitignore. Touches nothing.
 * Problems: `env_no_folder`, `env_is_a_link`, `env_no_text`, `env_value_unwritable`.
 */
export async function draftEnv(handout: Handout, wish: { readonly folder: string; readonly gitignore: boolean }): Promise<EnvDraft> {
  const folder = await realFolder(wish.folder)
  const git = await gitTakesIn(folder, '.env')
  const owner = isRoot() ? ownerOfFolder(folder) : null
  const file = join(folder, '.env')
  const variables = variablesOf(handout)
  const edit = await editOf(file, (before) => envText(before, variables))
  const ignores = wish.gitignore && (git === 'open' || git === 'unknown')
  const ignore = ignores ? await editOf(join(folder, '.gitignore'), withIgnored) : null
  const changes: Write[] = [
    ...(ignore === null ? [] : written(ignore, { owner, mode: ignore.mode ?? 0o644, secret: false, note: 'So that Git leaves .env alone.' })),
    ...written(edit, { owner, mode: 0o600, secret: true, note: 'Holds the password: only its owner reads it.' }),
  ]
  const plan: Plan = { kind: 'handout', title: 'Save the access to Elasticsearch in a project', changes }
  const untried = 'The node does not answer, so the password could not be tried: it is saved as it was given.'
  const sentences = [
    ...sentencesOn(edit, file),
    ...gitSentences(git, ignore !== null),
    ...certificateSentences(handout),
    ...(changes.length === 0 ? [] : readerSentences(variables)),
    ...(handout.clientCertificates ? [clientCertificateWords()] : []),
    ...(handout.clusterName === null ? [untried] : []),
  ]
  return { folder, owner, plan, preview: { file, git, sentences, replaces: [...edit.edit.replaced], changes: await previewChanges(plan) } }
}

/** The variables of a project, by the names that Elastic's own examples use where they have one. */
function variablesOf({ url, username, password, caFingerprint, caCertificate }: Handout): Record<string, string> {
  const certificate = isEnvValue(caCertificate) ? { ELASTIC_CA_CERT: caCertificate } : {}
  return { ELASTICSEARCH_URL: url, ELASTIC_USERNAME: username, ELASTIC_PASSWORD: password.reveal(), ELASTIC_CA_FINGERPRINT: caFingerprint, ...certificate }
}

/** Ours stands last in the .gitignore that lies nearest, so it decides. */
function withIgnored(before: string): { text: string } {
  const lines = before.split(/\r?\n/)
  const last = lines.findLastIndex((line) => /^!?\/?\.env[ \t]*$/.test(line))
  if (last >= 0 && !lines[last]?.startsWith('!')) return { text: before }
  const end = before.includes('\r\n') ? '\r\n' : '\n'
  return { text: `${before}${before === '' || before.endsWith('\n') ? '' : end}.env${end}` }
}

interface FileEdit<T> {
  readonly path: string
  readonly before: Buffer | null
  readonly mode: number | null
  readonly edit: T
}

async function editOf<T extends { readonly text: string }>(path: string, edit: (before: string) => T): Promise<FileEdit<T>> {
  const stat = await lstat(path).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  })
  if (stat?.isSymbolicLink()) throw problem('env_is_a_link', { path })
  const before = stat === null ? null : await readFile(path)
  return { path, before, mode: stat === null ? null : stat.mode & 0o777, edit: edit(textIn(before, path)) }
}

function textIn(bytes: Buffer | null, path: string): string {
  try {
    return bytes === null ? '' : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw problem('env_no_text', { path })
  }
}

function written({ path, before, mode, edit }: FileEdit<{ readonly text: string }>, traits: Pick<Write, 'owner' | 'mode' | 'secret' | 'note'>): Write[] {
  const content = Buffer.from(edit.text)
  const same = before !== null && before.equals(content) && (process.platform === 'win32' || mode === traits.mode)
  return same ? [] : [{ kind: 'write', path, content, replaces: before === null ? null : sha256(before), ...traits }]
}

function sentencesOn({ before, edit }: FileEdit<{ readonly replaced: readonly string[]; readonly added: readonly string[] }>, file: string): string[] {
  if (before === null) return [`${file} is new: ${listed(edit.added)}.`]
  const told = [edit.replaced.length === 0 ? null : `gets a new value for ${listed(edit.replaced)}`, edit.added.length === 0 ? null : `is given ${listed(edit.added)}`].filter((part) => part !== null)
  return [told.length === 0 ? `${file} says all this already.` : `${file} ${told.join(' and ')}. Nothing else in it changes.`]
}

function gitSentences(git: EnvPreview['git'], ignores: boolean): string[] {
  if (ignores) return ['.gitignore says from now on that Git leaves .env alone.']
  if (git === 'ignored') return ['Git ignores .env here, so it is not committed.']
  if (git === 'open') return ['Git does not ignore .env here: the next commit could hold the password.']
  if (git === 'tracked') return ['Git tracks .env here already: the next commit would hold the password. Take it out with git rm --cached .env.']
  return git === 'unknown' ? ['The folder belongs to a Git repository, and Git could not be asked whether it ignores .env. Look before you commit.'] : []
}

function certificateSentences({ caCertificate }: Handout): string[] {
  return isEnvValue(caCertificate) ? [] : [`ELASTIC_CA_CERT is left out: shells and programs would not read ${caCertificate} alike. Copy the file to a plainer path where a client needs it.`]
}

/** What some readers would make of the values as they are written. */
function readerSentences(variables: Readonly<Record<string, string>>): string[] {
  const namesOf = (test: (value: string) => boolean): string[] => Object.entries(variables).flatMap(([name, value]) => (test(value) ? [name] : []))
  const quoted = namesOf(isQuotedInEnv)
  const facts = [...namesOf(isExpandedInEnv).map((name) => problem('env_value_expanded', { name })), ...(quoted.length === 0 ? [] : [problem('env_value_quoted', { names: quoted })])]
  return facts.map(({ message, remedy }) => `${message} ${remedy}`)
}

async function realFolder(folder: string): Promise<string> {
  const real = isAbsolute(folder) ? await realpath(folder).catch(() => null) : null
  if (real === null || !(await lstat(real)).isDirectory()) throw problem('env_no_folder', { path: folder })
  return real
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
