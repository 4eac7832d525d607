import fs, { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { handleCalls, promiseCalls, syncCalls } from '../../support/deaths/failpoints.ts'

const root = new URL('../../../', import.meta.url).pathname
const functionsOf = (of: object): string[] => Object.getOwnPropertyNames(of).filter((name) => name !== 'constructor' && typeof Object.getOwnPropertyDescriptor(of, name)?.value === 'function')

test('every function of fs.promises and of an opened file is a failpoint, or is known to change nothing', async () => {
  expect(functionsOf(fs.promises).filter((name) => !(name in promiseCalls))).toEqual([])
  const handle = await fs.promises.open('/dev/null')
  await handle.close()
  const own = functionsOf(Object.getPrototypeOf(handle) as object)
  expect(own).toContain('writeFile')
  expect(own.filter((name) => !(name in handleCalls) && !/^on|^emit|Listener|^once$|^off$|^eventNames$/.test(name))).toEqual([])
})

/** Those of `fs` that wait, and only read, or write to what was opened already (which `open` would have to do: nobody does). */
const readingSync = /^(?:access|close|exists|fchmod|fchown|fdatasync|fstat|fsync|ftruncate|futimes|glob|lstat|open|opendir|read|readFile|readdir|readlink|readv|realpath|stat|statfs|write|writev)Sync$/

test('so is every function of fs that waits', () => {
  const waiting = functionsOf(fs).filter((name) => name.endsWith('Sync'))
  expect(waiting.filter((name) => !(name in syncCalls) && !readingSync.test(name))).toEqual([])
})

test('what writes to homes and projects calls the file system in no other way: no callbacks, no opened numbers, and no other programs but the touch that gives times back', () => {
  const files = globSync('{engine,cli,shared}/**/*.ts', { cwd: root, exclude: (name) => name.endsWith('.test.ts') || name === 'testing' || name === 'download' })
  expect(files.length).toBeGreaterThan(200)
  const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8')
  const fromFs = files.flatMap((file) => [...read(file).matchAll(/^import \{([^}]*)\} from 'node:fs'$/gm)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim().replace(/^type /, '').split(' ')[0] ?? '')))
  const harmless = /^(?:constants|Stats|BigIntStats|existsSync|readFileSync|readdirSync|readlinkSync|statSync|lstatSync|realpathSync|accessSync|createReadStream|createWriteStream|watch|writeSync)$/
  expect([...new Set(fromFs)].filter((name) => !harmless.test(name) && !(name in syncCalls))).toEqual([])
  const rooms = files.filter((file) => /^engine\/(?:plan|handout)\//.test(file))
  expect(rooms.filter((file) => /node:child_process|ask-system/.test(read(file))).sort()).toEqual(['engine/handout/git-takes-in.ts', 'engine/plan/close-to-others.ts', 'engine/plan/process-identity.ts', 'engine/plan/times.ts'])
  // Within the room of plans one file calls it, so that every failure has its words.
  expect(rooms.filter((file) => /from 'node:fs\/promises'/.test(read(file))).sort()).toEqual(['engine/handout/git-takes-in.ts', 'engine/plan/close-to-others.ts', 'engine/plan/disk.ts', 'engine/plan/process-identity.ts'])
})
