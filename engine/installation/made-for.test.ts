import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { madeFor, refuseOtherMachine, type Machine } from './made-for.ts'

/** The first bytes of programs, as their formats are documented. */
const programs = {
  linux: (machine: number) => header((bytes) => (bytes.writeUInt32BE(0x7f454c46, 0), bytes.writeUInt8(1, 5), bytes.writeUInt16LE(machine, 18))),
  darwin: (type: number) => header((bytes) => (bytes.writeUInt32LE(0xfeedfacf, 0), bytes.writeUInt32LE(type, 4))),
  win32: (machine: number) => header((bytes) => (bytes.write('MZ'), bytes.writeUInt32LE(128, 60), bytes.write('PE\0\0', 128, 'latin1'), bytes.writeUInt16LE(machine, 132))),
}

function header(write: (bytes: Buffer) => unknown): Buffer {
  const bytes = Buffer.alloc(256)
  write(bytes)
  return bytes
}

async function homeWith(path: string, program: Buffer): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'firstnode-made-for-'))
  onTestFinished(() => rm(home, { recursive: true }))
  await mkdir(dirname(join(home, path)), { recursive: true })
  await writeFile(join(home, path), program)
  return home
}

const x64 = (platform: NodeJS.Platform): Machine => ({ platform, processor: 'x64' })
const arm64 = (platform: NodeJS.Platform): Machine => ({ platform, processor: 'arm64' })

test('this Node is made for this machine', async () => {
  expect(await madeFor(process.execPath)).toEqual({ platform: process.platform, processor: process.arch })
})

test.each([
  ['jdk/bin/java', programs.linux(62), x64('linux'), [arm64('linux'), x64('darwin'), x64('win32')]],
  ['jdk/bin/java', programs.linux(183), arm64('linux'), [x64('linux')]],
  ['jdk.app/Contents/Home/bin/java', programs.darwin(0x0100000c), arm64('darwin'), [x64('darwin'), arm64('linux')]],
  ['jdk/bin/java.exe', programs.win32(0x8664), x64('win32'), [x64('linux'), x64('darwin')]],
  ['node/default/bin/node', programs.linux(62), x64('linux'), [arm64('linux')]],
  ['node/default/node.exe', programs.win32(0x8664), x64('win32'), [x64('linux')]],
] as const)('an archive whose %s is made for another machine is refused there alone', async (path, program, here, others) => {
  const home = await homeWith(path, program)
  await refuseOtherMachine(home, 'es.tar.gz', here)
  for (const other of others) await expect(refuseOtherMachine(home, 'es.tar.gz', other)).rejects.toMatchObject({ code: 'archive_other_machine' })
})

test('macOS and Windows on ARM run what is made for x86-64 as well', async () => {
  await expect(refuseOtherMachine(await homeWith('jdk.app/Contents/Home/bin/java', programs.darwin(0x01000007)), 'es.tar.gz', arm64('darwin'))).resolves.toBeUndefined()
  await expect(refuseOtherMachine(await homeWith('jdk/bin/java.exe', programs.win32(0x8664)), 'es.zip', arm64('win32'))).resolves.toBeUndefined()
})

test('a home that brings no program, or a script in its place, suits every machine', async () => {
  await expect(refuseOtherMachine(await homeWith('jdk/bin/java', Buffer.from('#!/bin/sh\nexec java "$@"\n'.padEnd(100))), 'es.tar.gz', x64('linux'))).resolves.toBeUndefined()
  await expect(refuseOtherMachine(await homeWith('lib/x.jar', Buffer.from('jar')), 'es.tar.gz', x64('linux'))).resolves.toBeUndefined()
})

test('the words say for which machine it is made and which this is', async () => {
  const home = await homeWith('jdk/bin/java', programs.linux(183))
  await expect(refuseOtherMachine(home, '/tmp/es.tar.gz', x64('linux'))).rejects.toMatchObject({ message: '/tmp/es.tar.gz is made for Linux on ARM64, and this is Linux on x86-64.' })
})
