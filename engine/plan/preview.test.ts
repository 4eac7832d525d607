import { appendFile, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '../../shared/contract/installation.ts'
import { folderTree } from '../../test/support/folder-tree.ts'
import { hashOf, sampleConfig, samplePlan, secretContent, type Sample } from '../../test/support/plan/sample-config.ts'
import { applyPlan } from './apply.ts'
import type { Change, Plan } from './plan.ts'
import { previewChanges } from './preview.ts'

let sample: Sample
let config: string

beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
})
afterEach(() => sample.remove())

const accountOf = (uid: number): Account => ({ name: null, uid, gid: uid, groups: [uid] })
const nameOf = (): Promise<string | null> => Promise.resolve('elastic')

test('every change is told in order: what, where, mode, owner, bytes', async () => {
  const views = await previewChanges(await samplePlan(config), { nameOf, platform: 'linux' })
  const told = views.map((view) => [view.action, view.path.slice(config.length + 1), view.mode, view.bytes])
  expect(told).toEqual([
    ['rename', 'certs.1700000000.orig', null, null],
    ['create-directory', 'certs', '0750', null],
    ['create', 'certs/http.p12', '0660', 4],
    ['create', 'certs/old.crt', '0660', 27],
    ['change', 'elasticsearch.keystore', '0660', secretContent.length],
    ['change', 'elasticsearch.yml', '0640', expect.any(Number)],
    ['change', 'linked.options', '0644', 16],
    ['create-directory', 'jvm.options.d', '0755', null],
    ['create', 'jvm.options.d/heap.options', '0660', 9],
    ['delete', 'shared.options', null, null],
  ])
  expect(views[0]?.from).toBe(join(config, 'certs'))
  expect(views[1]?.owner).toBe('elastic')
  expect(views[6]?.note).toContain('It is a link to shared.options now')
})

test('it touches nothing', async () => {
  const before = await folderTree(config)
  await previewChanges(await samplePlan(config))
  expect(await folderTree(config)).toEqual(before)
})

test('secret files show no content, old or new', async () => {
  const views = await previewChanges(await samplePlan(config))
  expect(views.filter(({ secret }) => secret).map(({ diff }) => diff)).toEqual([null, null])
  expect(JSON.stringify(views)).not.toContain(secretContent)
  expect(JSON.stringify(views)).not.toContain('an old keystore')
})

test('a nameless owner is a number, an ordinary account makes files of its own, and Windows has no owners', async () => {
  const plan: Plan = { kind: 'first-node', title: '', changes: [{ kind: 'create-directory', path: join(config, 'x'), mode: 0o750, owner: { uid: 54321, gid: 54321 }, note: '' }] }
  for (const [uid, owner] of [[0, '54321'], [1000, '1000']] as const) {
    const options = { platform: 'linux', nameOf: () => Promise.resolve(null), caller: accountOf(uid) } as const
    expect((await previewChanges(plan, options))[0]).toMatchObject({ mode: '0750', owner })
  }
  expect((await previewChanges(plan, { platform: 'win32' }))[0]).toMatchObject({ mode: null, owner: null })
})

test('a settings file is a diff with three lines around each change, notes beside our lines, and the rest left out', async () => {
  const path = join(config, 'elasticsearch.yml')
  const many = Array.from({ length: 30 }, (_, index) => `# line ${index}`).join('\n')
  await writeFile(path, `${many}\n`)
  const after = `${many.replace('# line 20\n', '')}\nxpack.security.enabled: true\n`
  const [view] = await previewChanges({ kind: 'first-node', title: '', changes: [await change(path, after, new Map([[29, 'Security is on.']]))] })
  expect(view?.diff).toEqual([
    { kind: 'same', text: '…', note: '17 lines as they are' },
    ...[17, 18, 19].map((line) => ({ kind: 'same', text: `# line ${line}`, note: null })),
    { kind: 'removed', text: '# line 20', note: null },
    ...[21, 22, 23].map((line) => ({ kind: 'same', text: `# line ${line}`, note: null })),
    { kind: 'same', text: '…', note: '3 lines as they are' },
    ...[27, 28, 29].map((line) => ({ kind: 'same', text: `# line ${line}`, note: null })),
    { kind: 'added', text: 'xpack.security.enabled: true', note: 'Security is on.' },
  ])
})

test.each([
  ['xpack.notification.email.account.work.smtp.password: hunter2', 'xpack.notification.email.account.work.smtp.password: ••••'],
  ['#  bind_password: "hunter2"', '#  bind_password: ••••'],
  ['xpack.security.authc.token.enabled: true', 'xpack.security.authc.token.enabled: true'],
  ['xpack.security.http.ssl.keystore.path: certs/http.p12', 'xpack.security.http.ssl.keystore.path: certs/http.p12'],
  ['xpack.security.http.ssl: {keystore.password: "a, b", enabled: true}', 'xpack.security.http.ssl: {keystore.password: ••••, enabled: true}'],
  ['ssl: {enabled: true, key_passphrase: it is } # x', 'ssl: {enabled: true, key_passphrase: ••••} # x'],
  ['security: {authc.token: {enabled: true}, token_count: 3}', 'security: {authc.token: {enabled: true}, token_count: 3}'],
  ['# how to reset a password: see below', '# how to reset a password: see below'],
])('a value that looks secret is masked in a diff: %s', async (line, shown) => {
  const path = join(config, 'elasticsearch.yml')
  await writeFile(path, `${line}\n`)
  const [view] = await previewChanges({ kind: 'first-node', title: '', changes: [await change(path, 'x: 1\n')] })
  expect(view?.diff?.[0]).toMatchObject({ kind: 'removed', text: shown })
})

test('what is no text has no diff', async () => {
  const views = await previewChanges({ kind: 'first-node', title: '', changes: [{ ...(await change(join(config, 'new.bin'), '')), content: Buffer.from([0, 1, 2, 255]) }] })
  expect(views[0]).toMatchObject({ action: 'create', bytes: 4, diff: null })
})

test('line ends of Windows do not show', async () => {
  const [view] = await previewChanges({ kind: 'first-node', title: '', changes: [await change(join(config, 'new.txt'), 'a: 1\r\nb: 2\r\n')] })
  expect(view?.diff?.map(({ text }) => text)).toEqual(['a: 1', 'b: 2'])
})

test('a file that changed since the plan was made is no longer previewed', async () => {
  const plan = await samplePlan(config)
  await appendFile(join(config, 'elasticsearch.yml'), 'x: 1\n')
  await expect(previewChanges(plan)).rejects.toMatchObject({ code: 'changed_meanwhile' })
})

test('a linked settings file is told with the text it leads to', async () => {
  const path = join(config, 'linked.yml')
  await symlink('elasticsearch.yml', path)
  const [view] = await previewChanges({ kind: 'first-node', title: '', changes: [await change(path, `${await readFile(path, 'utf8')}x: 1\n`)] })
  expect(view?.diff?.at(-1)).toEqual({ kind: 'added', text: 'x: 1', note: null })
})

async function change(path: string, content: string, lineNotes = new Map<number, string>()): Promise<Change & { kind: 'write' }> {
  const replaces = await hashOf(path).catch(() => null)
  return { kind: 'write', path, content: Buffer.from(content), replaces, mode: 0o640, owner: null, secret: false, note: 'A note.', lineNotes }
}

test('what is still to be made is told without a size or content, and is never applied', async () => {
  const path = join(config, 'new.crt')
  const plan: Plan = {
    kind: 'first-node',
    title: 'outline',
    changes: [{ kind: 'write', path, content: new Uint8Array(), pending: true, replaces: null, mode: 0o660, owner: null, secret: false, note: 'a certificate' }],
  }
  expect(await previewChanges(plan, { nameOf, platform: 'linux' })).toMatchObject([{ action: 'create', bytes: null, diff: null }])
  const before = await folderTree(config)
  await expect(applyPlan(plan, { config, owner: null })).rejects.toThrow('still to be made')
  expect(await folderTree(config)).toEqual(before)
})
