import { defineCommand } from '../command.ts'
import { outputOptions } from '../options/shared-options.ts'
import { aboutPage, licencesPage } from '../terminal/about-page.ts'

export const about = defineCommand({
  name: 'about',
  summary: 'versions, and the licences of everything that is shipped with Firstnode',
  required: [],
  about: [
    'What this Firstnode is and what it runs on. With --licences also every package that is in it, with the whole text of its licence.',
    'With --json: {firstnode, versions}; with --licences also licences: [{name, version, licence, text}].',
  ],
  options: { licences: { kind: 'flag', help: 'also the packages that are in it, with the texts of their licences' }, ...outputOptions },
  examples: [
    ['firstnode about', 'versions'],
    ['firstnode about --licences | less', 'whose work is in it'],
  ],
  exits: [],
  looksOnly: true,
  perform: async ({ licences: wanted }, context) => {
    const engine = await context.engine()
    const { licences, ...versions } = await engine.host.about(undefined, { signal: context.signal })
    const page = aboutPage(versions, licences.length, context.out)
    await context.result(wanted ? { ...versions, licences } : versions, wanted ? `${page}\n${licencesPage(licences, context.out)}` : page)
    return 0
  },
})
