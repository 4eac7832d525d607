import { wrap } from '../../../cli/terminal/text.ts'

/**
 * A version's section of `CHANGELOG.md` (Keep a Changelog) as Debian's changelog has it; what is not released yet where
 * the version has no section.
 * `released` is a time in seconds. Throws where there is neither.
 */
export function debianChangelog({ changelog, version, maintainer, released }: {
  changelog: string
  version: string
  maintainer: string
  released: number
}): string {
  const sections = changelog.split(/^## /m).slice(1)
  const called = (name: string) => sections.find((text) => heading(text) === name)
  const section = called(version) ?? called('Unreleased')
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}.`)
  const lines = blocks(section).flatMap(({ kind, text }) => (kind === 'group' ? ['', `  [ ${text} ]`] : bullet(text)))
  const date = new Date(released * 1000).toUTCString().replace('GMT', '+0000')
  const first = `firstnode (${version}) unstable; urgency=medium`
  return [first, ...(lines[0] === '' ? [] : ['']), ...lines, '', ` -- ${maintainer}  ${date}`, ''].join('\n')
}

function heading(section: string): string {
  return (section.split('\n')[0] ?? '').replace(/^\[(.*?)\].*$/, '$1').replace(/ - .*$/, '').trim()
}

function blocks(section: string): { kind: 'group' | 'item'; text: string }[] {
  return section
    .split(/^(?=### |- )/m)
    .slice(1)
    .map((block) => ({
      kind: block.startsWith('#') ? 'group' : 'item',
      text: block.replace(/^(### |- )/, '').replace(/\s+/g, ' ').trim(),
    }))
}

/** Lines of at most 80 characters, as Debian wants them. */
function bullet(text: string): string[] {
  return wrap(text, 76).map((line, index) => `${index === 0 ? '  * ' : '    '}${line}`)
}
