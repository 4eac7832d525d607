import { expect, test } from 'vitest'
import { windowsWords } from './windows-words.ts'

test('a command line of Windows is divided as its programs divide it', () => {
  expect(windowsWords('"C:\\Program Files\\jdk\\bin\\java.exe" -cp "C:\\es & 9\\lib\\*" -Dx="a b" -d')).toEqual([
    'C:\\Program Files\\jdk\\bin\\java.exe',
    '-cp',
    'C:\\es & 9\\lib\\*',
    '-Dx=a b',
    '-d',
  ])
  expect(windowsWords('java.exe "-Des.path.home=C:\\es 9\\\\" a\\\\\\"b "c ""d"" e" ""')).toEqual(['java.exe', '-Des.path.home=C:\\es 9\\', 'a\\"b', 'c "d" e', ''])
  expect(windowsWords('C:\\jdk\\bin\\java.exe')).toEqual(['C:\\jdk\\bin\\java.exe'])
  expect(windowsWords('')).toEqual([])
})
