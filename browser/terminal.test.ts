import { expect, test } from 'vitest'
import { inForeground } from './terminal.ts'

const stat = (pgrp: number, foreground: number) => `12 (node (x) y) S 1 ${pgrp} 12 34816 ${foreground} 4194304 0`

test('a terminal is read by a process in its foreground only: the kernel stops others', () => {
  expect(inForeground(stat(12, 12), true)).toBe(true)
  expect(inForeground(stat(12, 99), true)).toBe(false)
})

test('a pipe or a file can always be read, and where nothing is known there is nobody to stop it', () => {
  expect(inForeground(stat(12, 99), false)).toBe(true)
  expect(inForeground(null, true)).toBe(true)
})
