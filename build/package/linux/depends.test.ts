import { expect, test } from 'vitest'
import { depends, readNeeds } from './depends.ts'

const said = `
File: firstnode
Dynamic section at offset 0x9a3b2e8 contains 64 entries:
 0x0000000000000001 (NEEDED)             Shared library: [libffmpeg.so]
 0x0000000000000001 (NEEDED)             Shared library: [libm.so.6]
 0x0000000000000001 (NEEDED)             Shared library: [libgbm.so.1]
 0x0000000000000001 (NEEDED)             Shared library: [libasound.so.2]
 0x0000000000000001 (NEEDED)             Shared library: [ld-linux-aarch64.so.1]
 0x000000000000000e (SONAME)             Library soname: [libnotneeded.so.1]
Version needs section '.gnu.version_r' contains 2 entries:
  0x0010:   Name: GLIBC_2.2.5  Flags: none  Version: 3
  0x0020:   Name: GLIBC_2.17  Flags: none  Version: 2
  0x0030:   Name: GLIBC_2.9  Flags: none  Version: 4
File: libffmpeg.so
 0x0000000000000001 (NEEDED)             Shared library: [libgbm.so.1]
 0x0000000000000001 (NEEDED)             Shared library: [libpthread.so.0]
`

test('what binaries need is what they name and do not bring along, and the newest C library of any of them', () => {
  const needs = readNeeds(said, new Set(['firstnode', 'libffmpeg.so']))
  expect(needs).toEqual({ libraries: ['libasound.so.2', 'libgbm.so.1'], cLibrary: '2.17' })
  expect(() => readNeeds('', new Set())).toThrow('C library')
})

test('a package depends on each of them once, under its new name and its old one, and on what is loaded later', () => {
  const libraries = ['libasound.so.2', 'libgbm.so.1', 'libnss3.so', 'libsmime3.so', 'libgtk-3.so.0']
  const packages = depends({ libraries, cLibrary: '2.31' })
  expect(packages.split(', ')).toEqual([
    'libasound2t64 | libasound2', 'libc6 (>= 2.31)', 'libgbm1', 'libgtk-3-0t64 | libgtk-3-0', 'libnotify4', 'libnss3',
    'libudev1', 'xdg-utils',
  ])
})

test('a library that no package is known for stops the packing', () => {
  const needs = { libraries: ['libgbm.so.1', 'libnew.so.9'], cLibrary: '2.31' }
  expect(() => depends(needs)).toThrow('libnew.so.9: add it to')
})
