import { expect, test } from 'vitest'
import { announcement } from './announce.ts'
import { readArguments } from './arguments.ts'

test('with no arguments a free port is chosen and a browser opened', () => {
  expect(readArguments([])).toEqual({ port: null, open: true, json: false, help: false })
})

test('--no-open, --port, --json and --help are understood', () => {
  expect(readArguments(['--no-open', '--port', '7000'])).toEqual({ port: 7000, open: false, json: false, help: false })
  expect(readArguments(['--json']).json).toBe(true)
  expect(readArguments(['--port=65535']).port).toBe(65535)
  expect(readArguments(['-h']).help).toBe(true)
})

test.each([['0'], ['65536'], ['-1'], ['7e3'], ['x'], [''], ['80.5']])('--port=%s is refused', (port) => {
  expect(() => readArguments([`--port=${port}`])).toThrow(expect.objectContaining({ code: 'bad_input', exit: 2 }) as Error)
})

test.each([
  [['--prot', '7000'], 'The option --prot does not exist.'],
  [['here'], 'npm start takes no argument such as here.'],
  [['--port'], 'The option --port needs a value.'],
  [['--json=yes'], 'The option --json takes no value.'],
])('%j is refused with the usage', (argv, message) => {
  expect(() => readArguments(argv)).toThrow(expect.objectContaining({ code: 'bad_input', message, remedy: expect.stringContaining('npm start') as string }) as Error)
})

test('the announcement holds the address, and for a tunnel the line that makes it', () => {
  const address = 'http://127.0.0.1:7000/#token=x'
  expect(announcement(address, null)).toContain(address)
  expect(announcement(address, null)).not.toContain('ssh')
  const tunnel = announcement(address, { port: 7000, host: 'server' })
  expect(tunnel).toContain('ssh -L 7000:127.0.0.1:7000 server')
  expect(tunnel).toContain(address)
})
