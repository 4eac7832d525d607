import { expect, test } from 'vitest'
import { asCalled, callersFolder, callLine } from './call-line.ts'

const sh = { env: {}, platform: 'linux' as const }
const npm = { env: { npm_lifecycle_event: 'firstnode' }, platform: 'linux' as const }

test('a line names home, config directory and account, quoted for the shell', () => {
  expect(callLine(sh, 'stop', { home: '/es' })).toBe('firstnode stop --home /es')
  expect(callLine(npm, 'up --as-is', { home: "/it's", config: '/etc/$x', user: '1000' })).toBe("npm run -s firstnode -- up --as-is --home '/it'\\''s' --config '/etc/$x' --user 1000")
  expect(callLine({ env: { SHELL: '/usr/bin/fish' }, platform: 'linux' }, 'stop', { home: "/it's \\\\ es" })).toBe("firstnode stop --home '/it\\'s \\\\\\\\ es'")
  expect(callLine({ env: {}, platform: 'win32' }, 'stop', { home: 'C:\\my es' })).toBe("firstnode stop --home 'C:\\my es'")
})

test('the config directory of the home itself is named only where ES_PATH_CONF would lead elsewhere', () => {
  const target = { home: '/es', config: '/es/config' }
  expect(callLine(sh, 'stop', target)).toBe('firstnode stop --home /es')
  expect(callLine({ ...sh, env: { ES_PATH_CONF: '/other' } }, 'stop', target)).toBe('firstnode stop --home /es --config /es/config')
})

test('a command of ours in a sentence is called as this one was', () => {
  const sentence = 'Use `firstnode up --home …`, or see: firstnode --help. Or firstnode itself.'
  expect(asCalled(sh, sentence, ['up'])).toBe(sentence)
  expect(asCalled(npm, sentence, ['up'])).toBe('Use `npm run -s firstnode -- up --home …`, or see: npm run -s firstnode -- --help. Or firstnode itself.')
})

test('under npm a path is taken from where the person stands', () => {
  expect(callersFolder({ npm_lifecycle_event: 'firstnode', INIT_CWD: '/src/docs' }, '/src')).toBe('/src/docs')
  expect(callersFolder({ INIT_CWD: '/src/docs' }, '/elsewhere')).toBe('/elsewhere')
})
