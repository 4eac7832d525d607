import { expect, test } from 'vitest'
import { debianChangelog } from './debian-changelog.ts'

const changelog = `# Changelog

The format.

## Unreleased

### Added
- One thing, which is told in a line that is longer than Debian has room for, so that it is
  broken twice.
- \`another\`.

### Fixed
- A fault.

## [1.2.0] - 2026-01-02
- The first.

## 1.1.0
- Before that.
`
const made = (version: string): string =>
  debianChangelog({ changelog, version, maintainer: 'Ada <ada@example.org>', released: 1_767_225_600 })

test('the section of a version becomes an entry of Debian\'s changelog, wrapped at 80 columns', () => {
  expect(made('2.0.0')).toBe(`firstnode (2.0.0) unstable; urgency=medium

  [ Added ]
  * One thing, which is told in a line that is longer than Debian has room for,
    so that it is broken twice.
  * \`another\`.

  [ Fixed ]
  * A fault.

 -- Ada <ada@example.org>  Thu, 01 Jan 2026 00:00:00 +0000
`)
})

test('a version that has a section of its own has only that', () => {
  expect(made('1.2.0')).toContain('(1.2.0) unstable; urgency=medium\n\n  * The first.\n\n -- ')
  expect(made('1.1.0')).toContain('\n\n  * Before that.\n\n')
})

test('a changelog without a section for it is an error', () => {
  const none = { changelog: '# Changelog\n', version: '1.0.0', maintainer: '', released: 0 }
  expect(() => debianChangelog(none)).toThrow('no section for 1.0.0')
})
