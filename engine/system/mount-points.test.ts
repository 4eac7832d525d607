import { expect, test } from 'vitest'
import { mountPoints, mountPointsIn } from './mount-points.ts'

test('mount points are read with their blanks, tabs and backslashes', () => {
  const text = [
    '23 28 0:22 / /proc rw,relatime shared:5 - proc proc rw',
    '36 35 98:0 /srv/es.yml /opt/my\\040es/config/elasticsearch.yml ro,noatime master:1 - ext3 /dev/root rw,errors=continue',
    '37 35 98:0 / /opt/tab\\011and\\134backslash rw - ext4 /dev/sda rw',
    '38 35 98:0 / /opt/M\u00fcller rw - ext4 /dev/sda rw',
    '',
  ].join('\n')
  expect([...mountPointsIn(text)]).toEqual(['/proc', '/opt/my es/config/elasticsearch.yml', '/opt/tab\tand\\backslash', '/opt/M\u00fcller'])
  expect(mountPointsIn('')).toEqual(new Set())
})

test('the root of this system is one, where the system tells', async () => {
  expect((await mountPoints()).has('/')).toBe(process.platform === 'linux')
  expect(await mountPoints('darwin')).toEqual(new Set())
})
