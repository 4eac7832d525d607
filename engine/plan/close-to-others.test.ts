import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Ask } from '../system/ask-system.ts'
import { closeToOthers, whatIsOpen } from './close-to-others.ts'

const me = 'S-1-5-21-1004336348-1177238915-682003330-1001'
const path = 'C:\\Elastic & Co\\config\\certs'

/** Windows in German, which names nobody in English. */
function windows(list: string, encoding: 'utf16le' | 'utf8' = 'utf16le'): { ask: Ask; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = []
  const ask: Ask = async (program, args) => {
    asked.push([program, ...args])
    if (program === 'whoami.exe') return `"rechner\\jürgen","${me}"\r\n`
    const saved = args[args.indexOf('/save') + 1]
    if (args.includes('/save') && saved !== undefined) await writeFile(saved, Buffer.from(`certs\r\n${list}\r\n`, encoding))
    return '1 Dateien erfolgreich verarbeitet, bei 0 Dateien ist ein Verarbeitungsfehler aufgetreten.\r\n'
  }
  return { ask, asked }
}

test('a folder is left to its owner, the administrators and the system, with all that will be in it', async () => {
  const { ask, asked } = windows(`D:PAI(A;OICI;FA;;;${me})(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)`)
  await closeToOthers(path, 'folder', ask)
  expect(asked).toContainEqual(['icacls.exe', path, '/inheritance:r', '/grant:r', `*${me}:(OI)(CI)F`, '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F', '/q'])
})

test('a file is closed the same way, whichever way the list is saved', async () => {
  const { ask, asked } = windows(`D:P(A;;FA;;;${me})(A;;FA;;;BA)(A;;FA;;;SY)`, 'utf8')
  await closeToOthers(path, 'file', ask)
  expect(asked.flat()).toContain(`*${me}:F`)
})

test('what is read back and is not closed ends with the reason', async () => {
  const stillOpen = windows(`D:PAI(A;;FA;;;${me})(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)`)
  await expect(closeToOthers(path, 'file', stillOpen.ask)).rejects.toMatchObject({ code: 'access_not_closed', message: expect.stringContaining('BU still has access') })
})

test('a disk without access lists ends with words, not with those of Windows', async () => {
  const ask: Ask = (program) => (program === 'whoami.exe' ? Promise.resolve(`"a\\b","${me}"`) : Promise.reject(Object.assign(new Error('exit 1'), { said: 'Falscher Parameter.' })))
  await expect(closeToOthers(path, 'file', ask)).rejects.toMatchObject({ code: 'access_not_closed', detail: 'Falscher Parameter.' })
})

test('a list is closed only where it inherits nothing and lets in all of the three and nobody else', () => {
  const trusted = [me, 'S-1-5-32-544', 'S-1-5-18']
  const entries = `(A;;FA;;;${me})(A;;FA;;;BA)(A;;FA;;;SY)`
  expect(whatIsOpen(`D:PAI${entries}`, trusted)).toBeNull()
  expect(whatIsOpen(`D:AI${entries}`, trusted)).toContain('inherits')
  expect(whatIsOpen('D:P', trusted)).toContain('has no access')
  expect(whatIsOpen(`D:P${entries.replace('FA', 'FR')}`, trusted)).toContain('has no access')
  expect(whatIsOpen(`D:P${entries}(D;;FA;;;WD)`, trusted)).toBeNull()
})

test('the built-in administrator and the system are known by their abbreviations', () => {
  expect(whatIsOpen('D:P(A;;FA;;;LA)(A;;FA;;;BA)(A;;FA;;;SY)', ['S-1-5-21-1-2-3-500', 'S-1-5-32-544', 'S-1-5-18'])).toBeNull()
  expect(whatIsOpen('D:P(A;;FA;;;LA)(A;;FA;;;BA)(A;;FA;;;SY)', [me, 'S-1-5-32-544', 'S-1-5-18'])).toContain('LA')
  expect(whatIsOpen('D:P(A;;FA;;;BA)(A;;FA;;;SY)', ['S-1-5-18', 'S-1-5-32-544'])).toBeNull()
})
