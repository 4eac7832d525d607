import { expect, test } from 'vitest'
import type { ChangeView } from '../../shared/contract/setup.ts'
import { applyWords, hunks, sharedFolder } from './changes.ts'

const change = (action: ChangeView['action'], path: string): ChangeView => ({ action, path, from: null, mode: null, owner: null, bytes: null, secret: false, note: '', diff: null })

test('the button counts the files that will be written', () => {
  expect(applyWords([change('create-directory', '/c/certs'), change('create', '/c/certs/a'), change('change', '/c/e.yml')])).toBe('Write 2 files and start')
  expect(applyWords([change('create', '/c/a')])).toBe('Write 1 file and start')
})

test('paths are shown from the folder they share, on Windows too', () => {
  expect(sharedFolder([change('create', '/es/config/certs/a'), change('change', '/es/config/e.yml')], '/')).toBe('/es/config/')
  expect(sharedFolder([change('create', 'C:\\es\\config\\certs\\a'), change('change', 'C:\\es\\config\\e.yml')], '\\')).toBe('C:\\es\\config\\')
})

test('long runs of unchanged lines are counted, not shown', () => {
  const diff = [...Array.from({ length: 9 }, () => ({ kind: 'same' })), { kind: 'added' }]
  expect(hunks(diff)).toEqual([{ skipped: 6 }, { kind: 'same' }, { kind: 'same' }, { kind: 'same' }, { kind: 'added' }])
  const gap = { kind: 'same', note: '61 lines as they are' }
  expect(hunks([gap, ...diff])).toEqual([gap, ...hunks(diff)])
})
