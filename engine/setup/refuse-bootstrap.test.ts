import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { smallHome, smallPlan, type SmallHome } from '../../test/support/small-join.ts'
import { inspect } from '../installation/inspect.ts'
import { limitsHere } from '../preflight/process-limits.ts'
import { withWritten } from '../preflight/bootstrap/facts.ts'
import { refuseBootstrap } from './refuse-bootstrap.ts'

vi.mock('../preflight/process-limits.ts', () => ({ limitsHere: vi.fn(), limitsOfService: vi.fn() }))

const enough = { openFiles: 65_535, threads: 4096, virtualMemory: Infinity, fileSize: Infinity, lockedMemory: Infinity }
let small: SmallHome
beforeEach(async () => {
  small = await smallHome()
  vi.stubEnv('ES_JAVA_OPTS', '')
  vi.mocked(limitsHere).mockReturnValue(enough)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await small.remove()
})

/** The home as it is, on a machine that has enough of all that is asked of the system itself. */
async function refused(): Promise<void> {
  const installation = { ...(await inspect(small.target)), maxMapCount: 262_144 }
  await refuseBootstrap(installation, await smallPlan(small.target, { remote: true }))
}
const writeOptions = (text: string): Promise<void> => appendFile(join(small.target.home, 'config', 'jvm.options'), text)

test('a node whose cluster is on other machines passes where the machine is fit for it, its settings as they will be', async () => {
  await expect(refused()).resolves.toBeUndefined()
})

test('every check of Elasticsearch that would end its start is told, with what to do about each', async () => {
  vi.mocked(limitsHere).mockReturnValue({ ...enough, openFiles: 4096, threads: 1000 })
  await writeOptions('-XX:+UseSerialGC\n')
  await expect(refused()).rejects.toMatchObject({
    code: 'join_bootstrap',
    message: expect.stringMatching(/At most 4096 files.*1000 threads.*serial collector.*Nothing was written\.$/) as string,
    remedy: expect.stringMatching(/nofile.*nproc.*UseSerialGC/) as string,
  })
})

test('the heap is judged as it will be written, whatever stands there now; what the environment says comes after it', async () => {
  await writeOptions('-Xms1g\n-Xmx2g\n')
  await expect(refused()).resolves.toBeUndefined()
  vi.stubEnv('ES_JAVA_OPTS', '-Xmx1g')
  await expect(refused()).rejects.toMatchObject({ code: 'join_bootstrap', message: expect.stringContaining('grows to 1g (ES_JAVA_OPTS)') as string })
})

test('of a file that is written anew only the new lines count', () => {
  const options = [{ text: '-Xmx1g', from: '/ours' }, { text: '-Xms2g', from: '/other' }, { text: '-Da=b', from: 'ES_JAVA_OPTS' }]
  expect(withWritten(options, '/ours', '# words\n-Xmx3g\n').map(({ text }) => text)).toEqual(['-Xms2g', '-Xmx3g', '-Da=b'])
  expect(withWritten(options, '/ours', null)).toBe(options)
})
