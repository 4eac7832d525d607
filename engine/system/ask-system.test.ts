import { expect, test } from 'vitest'
import { askSystem, whereIs } from './ask-system.ts'
import { askPowerShell, rowsOf } from './powershell.ts'

test('a program of Windows is called by its full path: one of its name in the present folder is not', () => {
  const env = { SystemRoot: 'D:\\WINNT' }
  expect(whereIs('icacls.exe', 'win32', env)).toBe('D:\\WINNT\\System32\\icacls.exe')
  expect(whereIs('powershell.exe', 'win32', env)).toBe('D:\\WINNT\\System32\\WindowsPowerShell\\v1.0\\powershell.exe')
  expect(whereIs('icacls.exe', 'win32', {})).toBe('C:\\Windows\\System32\\icacls.exe')
  expect(whereIs('ps', 'darwin', {})).toBe('/bin/ps')
  expect(whereIs('xattr', 'darwin', {})).toBe('/usr/bin/xattr')
  expect([whereIs('C:\\jdk\\java.exe', 'win32', {}), whereIs('/jdk/java', 'darwin', {})]).toEqual(['C:\\jdk\\java.exe', '/jdk/java'])
})

test('no shell reads the arguments, and a failure says what the program said', async () => {
  expect(await askSystem(process.execPath, ['-e', 'console.log(process.argv[1])', 'a & b > $c "d" %e%'])).toBe('a & b > $c "d" %e%\n')
  await expect(askSystem(process.execPath, ['-e', 'console.error("no such thing"); process.exit(3)'])).rejects.toMatchObject({ code: 3, said: 'no such thing\n' })
})

test('a program that waits for the end of its input comes to it', async () => {
  expect(await askSystem(process.execPath, ['-e', 'process.stdin.resume().on("end", () => console.log("over"))'])).toBe('over\n')
})

test('a value reaches a script by its environment, not by its text', async () => {
  const asked: unknown[] = []
  await askPowerShell((...words) => Promise.resolve(String(asked.push(words))), 'Get-Acl $env:WHERE', { WHERE: "C:\\it's; exit" })
  expect(JSON.stringify(asked)).toContain('Get-Acl $env:WHERE')
  expect(asked).toMatchObject([['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', expect.not.stringContaining("it's")], { WHERE: "C:\\it's; exit" }]])
})

test('one row, several, none, and what is no JSON are read', () => {
  expect([rowsOf('\uFEFF{"a":1}\r\n'), rowsOf('[{"a":1},{"a":2}]'), rowsOf('\r\n'), rowsOf('Zugriff verweigert')]).toEqual([[{ a: 1 }], [{ a: 1 }, { a: 2 }], [], []])
})
