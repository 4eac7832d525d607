import { appendFile, lstat, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { folderTree } from '../../test/support/folder-tree.ts'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { previewChanges } from '../plan/preview.ts'
import { applyKibana, isKibanaTorn, isKibanaUnfinished, previewKibanaUndo, recoverKibana, undoKibana } from './kibana-changes.ts'
import { KibanaDesk } from './kibana-desk.ts'
import { inspectKibana, type KibanaHome } from './kibana-home.ts'
import { planKibana } from './kibana-plan.ts'
import { enrolled } from './testing/enrolled.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'

const now = 1_764_064_000_000

async function fresh(settings?: string): Promise<{ kibana: KibanaHome; again: () => Promise<KibanaHome> }> {
  const home = await kibanaFolder(settings === undefined ? {} : { settings })
  const again = () => inspectKibana({ home }, { env: {}, root: '/nowhere' })
  return { kibana: await again(), again }
}

/** What a person sees of a Kibana: all that is not ours. */
const tree = (kibana: KibanaHome) => folderTree(kibana.home)

test('both files are written, the settings keep their mode, and undo takes both back byte for byte', async () => {
  const { kibana } = await fresh()
  const before = await tree(kibana)
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  expect(await readFile(join(kibana.data, `ca_${now}.crt`), 'utf8')).toBe(enrolled.caPem)
  expect(await readFile(kibana.settingsFile, 'utf8')).toContain(`elasticsearch.ssl.certificateAuthorities: [${join(kibana.data, `ca_${now}.crt`)}]`)
  expect((await stat(kibana.settingsFile)).mode & 0o777).toBe(0o644)
  expect(await isKibanaTorn(kibana)).toBe(false)
  expect(await previewKibanaUndo(kibana)).toMatchObject({ removed: [join(kibana.data, `ca_${now}.crt`)], restored: [kibana.settingsFile] })
  await undoKibana(kibana)
  expect(await tree(kibana)).toEqual(before)
})

test('what a person added since stays, and our section goes, though no record holds the token', async () => {
  const { kibana } = await fresh()
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  await writeFile(kibana.settingsFile, `${await readFile(kibana.settingsFile, 'utf8')}server.port: 5602\n`)
  const records = await Promise.all((await readdir(join(kibana.config, '.firstnode'))).filter((name) => name.endsWith('.json')).map((name) => readFile(join(kibana.config, '.firstnode', name), 'utf8')))
  expect(records.join('')).not.toContain(enrolled.serviceToken.reveal())
  await undoKibana(kibana)
  expect(await readFile(kibana.settingsFile, 'utf8')).toBe('# as it comes\n#server.port: 5601\nserver.port: 5602\n')
})

test('the preview shows the lines that come, the token masked', async () => {
  const { kibana } = await fresh()
  const { settings } = await planKibana(kibana, enrolled, now)
  const [view] = await previewChanges(settings)
  expect(view?.diff?.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toContain('elasticsearch.serviceAccountToken: ••••')
  expect(JSON.stringify(view)).not.toContain(enrolled.serviceToken.reveal())
  expect(view?.note).toContain('chmod o-r')
})

test('a kibana.yml that is not there is made for its owner and group alone', async () => {
  const { kibana } = await fresh()
  const without = { ...kibana, bytes: null, settings: {} }
  const { settings } = await planKibana(without, enrolled, now)
  expect(settings.changes[0]).toMatchObject({ mode: 0o660, replaces: null })
})

test('data that lies in the config directory is one plan', async () => {
  const { kibana, again } = await fresh('path.data: config\n')
  expect((await again()).data).toBe(kibana.config)
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  expect(await readdir(kibana.config)).toContain(`ca_${now}.crt`)
  await undoKibana(kibana)
  expect((await readdir(kibana.config)).sort()).toEqual(['kibana.yml'])
})

test.each([
  ['a line that is no YAML', 'a: "torn\n'],
  ['a byte order mark within', '\uFEFFa: 1: 2\n'],
  ['a variable that is not set', 'path.data: ${NONE}\n'],
])('undo works with %s in the settings, and leaves that line', async (_, line) => {
  const { kibana } = await fresh()
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  await appendFile(kibana.settingsFile, line)
  const desk = new KibanaDesk()
  expect((await desk.previewUndo({ home: kibana.home })).kibana.undoable).toBe(true)
  const { kibana: after } = await desk.undo({ home: kibana.home })
  expect(after.undoable).toBe(false)
  expect(await readFile(kibana.settingsFile, 'utf8')).toBe(`# as it comes\n#server.port: 5601\n${line}`)
  expect(await readdir(kibana.data)).toEqual([])
})

test('settings that became UTF-16 are left as they are, beside the original; the certificate goes', async () => {
  const { kibana } = await fresh('path.data: state\n')
  await mkdir(join(kibana.home, 'state'))
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  const theirs = Buffer.from('\uFEFFserver.port: 5602\n', 'utf16le')
  await writeFile(kibana.settingsFile, theirs)
  await new KibanaDesk().undo({ home: kibana.home })
  expect(await readFile(kibana.settingsFile)).toEqual(theirs)
  expect(await readdir(kibana.data)).toEqual([])
  const [beside = ''] = (await readdir(kibana.config)).filter((name) => name.endsWith('.orig'))
  expect(await readFile(join(kibana.config, beside), 'utf8')).toBe('path.data: state\n')
})

test('the certificate goes also where the settings name another data folder now', async () => {
  const { kibana } = await fresh()
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  const other = join(kibana.home, 'other')
  await mkdir(other)
  await writeFile(kibana.settingsFile, `path.data: ${other}\n`)
  await new KibanaDesk().undo({ home: kibana.home })
  expect(await readdir(kibana.data)).toEqual([])
})

test('a file that is not UTF-8 is connected, and undone byte for byte', async () => {
  const { kibana, again } = await fresh()
  const text = '# K\u00fcche\nelasticsearch.hosts: http://localhost:9200\n'
  await writeFile(kibana.settingsFile, Buffer.from(text, 'latin1'))
  const before = await tree(kibana)
  const latin = await again()
  await previewChanges((await planKibana(latin, enrolled, now)).settings)
  await applyKibana(latin, await planKibana(latin, enrolled, now))
  expect((await again()).settings['elasticsearch.serviceAccountToken']).toBe(enrolled.serviceToken.reveal())
  await undoKibana(latin)
  expect(await tree(kibana)).toEqual(before)
})

test('a death at any moment leaves a Kibana that is connected whole or not at all, once it is taken up', async () => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const found: { died: string | undefined; torn: boolean; connected: boolean; certificates: number; afterUndo: readonly string[]; before: readonly string[] }[] = []
  for (let at = 0; found.at(-1)?.died !== undefined || at === 0; at++) {
    const { kibana } = await fresh()
    const before = await tree(kibana)
    const plan = await planKibana(kibana, enrolled, now)
    const end = await stopping.until(at, (beforeStep) => applyKibana(kibana, plan, { beforeStep }))
    await recoverKibana(kibana)
    const torn = await isKibanaTorn(kibana)
    const connected = (await readFile(kibana.settingsFile, 'utf8')).includes('serviceAccountToken')
    const certificates = (await readdir(kibana.data)).filter((name) => name.startsWith('ca_')).length
    await undoKibana(kibana)
    found.push({ died: end === 'finished' ? undefined : stopping.steps.at(-1), torn, connected, certificates, afterUndo: await tree(kibana), before })
  }
  expect(found).toEqual(found.map((one) => ({ ...one, torn: false, certificates: one.connected ? 1 : 0, afterUndo: one.before })))
  expect(found.filter(({ connected }) => connected).map(({ died }) => died)).toEqual(['settle the certificate', undefined])
}, 60_000)

test('an undo that dies again and again, each time a little further, ends byte for byte', async () => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const { kibana } = await fresh()
  const before = await tree(kibana)
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  let deaths = 0
  while ((await stopping.until(1 + deaths, (beforeStep) => undoKibana(kibana, { beforeStep }))) === 'stopped') deaths++
  expect(deaths).toBeGreaterThan(2)
  expect(await tree(kibana)).toEqual(before)
})

test.each(['# as it comes\n', 'path.data: config\n'])('a death while it is connected or taken back is seen, unless all of it or none of it stands (%j)', async (settings) => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const half: string[] = []
  const ended: boolean[] = []
  let seen = 0
  for (const what of ['connect', 'undo'] as const) {
    for (let at = 0, end = ''; end !== 'finished'; at++) {
      const { kibana } = await fresh(settings)
      const plan = await planKibana(kibana, enrolled, now)
      if (what === 'undo') await applyKibana(kibana, plan)
      end = await stopping.until(at, (beforeStep) => (what === 'undo' ? undoKibana(kibana, { beforeStep }) : applyKibana(kibana, plan, { beforeStep })))
      const connected = (await readFile(kibana.settingsFile, 'utf8')).includes('serviceAccountToken')
      const certified = (await readdir(kibana.data)).some((name) => name.startsWith('ca_'))
      const unfinished = await isKibanaUnfinished(kibana)
      if (unfinished) seen += 1
      else if (connected !== certified) half.push(`${what}: ${stopping.steps.at(-1)}`)
      if (end === 'finished') ended.push(unfinished)
    }
  }
  expect(half).toEqual([])
  expect(ended).toEqual([false, false])
  expect(seen).toBeGreaterThan(4)
}, 60_000)

test('enrolled anew and killed in the middle, the first enrollment stands', async () => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const { kibana, again } = await fresh()
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  const settings = await readFile(kibana.settingsFile, 'utf8')
  const plan = await planKibana(await again(), { ...enrolled, serviceToken: new Secret('AAEAAWFub3RoZXI') }, now + 1)
  const counted: string[] = []
  await stopping.until(Number.MAX_SAFE_INTEGER, (beforeStep) => applyKibana(kibana, plan, { beforeStep: (step) => { counted.push(step); return beforeStep(step) } }))
  await undoKibana(kibana)
  expect(counted).toContain('settle the settings')
  await applyKibana(kibana, await planKibana(await again(), enrolled, now))
  const anew = await planKibana(await again(), { ...enrolled, serviceToken: new Secret('AAEAAWFub3RoZXI') }, now + 1)
  await stopping.until(counted.indexOf('settle the settings'), (beforeStep) => applyKibana(kibana, anew, { beforeStep }))
  await recoverKibana(kibana)
  expect(await readFile(kibana.settingsFile, 'utf8')).toBe(settings)
  expect((await readdir(kibana.data)).filter((name) => name.startsWith('ca_'))).toEqual([`ca_${now}.crt`])
})

const other = { ...enrolled, serviceToken: new Secret('AAEAAWFub3RoZXI') }
const certificates = async (kibana: KibanaHome): Promise<string[]> =>
  (await readdir(kibana.data)).filter((name) => name.startsWith('ca_'))

test('connected again, the earlier certificate goes once the new one stands; undo takes back everything', async () => {
  for (const settings of [undefined, 'path.data: config\n']) {
    const { kibana, again } = await fresh(settings)
    const before = await tree(kibana)
    await applyKibana(kibana, await planKibana(kibana, enrolled, now))
    const plan = await planKibana(await again(), other, now + 1)
    expect(plan.cleanup?.changes).toMatchObject([{ kind: 'delete', path: join(kibana.data, `ca_${now}.crt`) }])
    await applyKibana(kibana, plan)
    expect(await certificates(kibana)).toEqual([`ca_${now + 1}.crt`])
    expect(await isKibanaTorn(kibana)).toBe(false)
    const desk = new KibanaDesk()
    const { sentences } = await desk.undo({ home: kibana.home })
    expect(sentences.filter((sentence) => sentence.includes(`ca_${now}.crt`))).toHaveLength(1)
    expect(await tree(kibana)).toEqual(before)
  }
})

test.each([
  ['that was edited', (ca: string) => writeFile(ca, 'theirs'), ''],
  ['that another setting names', () => Promise.resolve(), 'monitoring.ui.elasticsearch.ssl.certificateAuthorities: [CA]\n'],
])('an earlier certificate %s stays', async (_, edit, line) => {
  const { kibana, again } = await fresh()
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  const ca = join(kibana.data, `ca_${now}.crt`)
  await edit(ca)
  await appendFile(kibana.settingsFile, line.replace('CA', ca))
  await applyKibana(kibana, await planKibana(await again(), other, now + 1))
  expect(await certificates(kibana)).toHaveLength(2)
})

test('a certificate of Kibana itself stays', async () => {
  const { kibana, again } = await fresh()
  await writeFile(join(kibana.data, `ca_${now - 1}.crt`), enrolled.caPem)
  await applyKibana(kibana, await planKibana(kibana, enrolled, now))
  await applyKibana(kibana, await planKibana(await again(), other, now + 1))
  expect(await certificates(kibana)).toEqual([`ca_${now - 1}.crt`, `ca_${now + 1}.crt`])
})

test('a kibana.yml that is a link stays one: what it leads to is written, and put back', async () => {
  const { kibana, again } = await fresh()
  const shared = join(kibana.home, 'shared')
  await mkdir(shared)
  await rename(kibana.settingsFile, join(shared, 'kibana.yml'))
  await symlink(join('..', 'shared', 'kibana.yml'), kibana.settingsFile)
  const before = await tree(kibana)
  await applyKibana(kibana, await planKibana(await again(), enrolled, now))
  expect((await lstat(kibana.settingsFile)).isSymbolicLink()).toBe(true)
  expect(await readFile(join(shared, 'kibana.yml'), 'utf8')).toContain('elasticsearch.serviceAccountToken')
  await undoKibana(kibana)
  expect(await tree(kibana)).toEqual(before)
})

test('a death at any moment of connecting again leaves settings whose certificate is there', async () => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const found: { died: string | undefined; named: string; there: readonly string[]; undone: boolean }[] = []
  for (let at = 0; found.at(-1)?.died !== undefined || at === 0; at++) {
    const { kibana, again } = await fresh()
    const before = await tree(kibana)
    await applyKibana(kibana, await planKibana(kibana, enrolled, now))
    const plan = await planKibana(await again(), other, now + 1)
    const end = await stopping.until(at, (beforeStep) => applyKibana(kibana, plan, { beforeStep }))
    await recoverKibana(kibana)
    const [named = ''] = (await again()).settings['elasticsearch.ssl.certificateAuthorities'] as string[]
    const there = await certificates(kibana)
    expect(await isKibanaTorn(kibana)).toBe(false)
    await undoKibana(await again())
    const undone = JSON.stringify(await tree(kibana)) === JSON.stringify(before)
    found.push({ died: end === 'finished' ? undefined : stopping.steps.at(-1), named, there, undone })
  }
  expect(found.filter(({ undone, named, there }) => !undone || !there.some((name) => named.endsWith(name)))).toEqual([])
  expect(found.at(-1)?.there).toEqual([`ca_${now + 1}.crt`])
}, 120_000)
