import { expect, test } from 'vitest'
import { folderAround, placeFor } from './place-for.ts'

test('a home goes to the folder of whoever asks, and root\'s to one that others can reach', () => {
  expect(placeFor({ root: false, homeFolder: '/home/ana', platform: 'linux' })).toBe('/home/ana')
  expect(placeFor({ root: true, homeFolder: '/root', platform: 'linux' })).toBe('/opt')
  expect(placeFor({ root: false, homeFolder: 'C:\\Users\\Ana', platform: 'win32' })).toBe('C:\\Users\\Ana')
})

test('a Kibana goes beside its Elasticsearch', () => {
  expect([folderAround('/opt/es', '/'), folderAround('/opt/es/', '/'), folderAround('C:\\elastic\\es', '\\'), folderAround('/es', '/')]).toEqual(['/opt', '/opt', 'C:\\elastic', '/es'])
})
