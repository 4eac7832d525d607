import { callLine } from '../call-line.ts'
import { defineCommand } from '../command.ts'
import { verdictExit } from '../exit-code.ts'
import { homeOptions, outputOptions, targetOf } from '../options/shared-options.ts'
import { checkPage } from '../terminal/check-page.ts'

export const check = defineCommand({
  name: 'check',
  summary: 'may this Elasticsearch be given its first secured node?',
  required: ['home'],
  about: [
    'Looks at everything that decides whether Elasticsearch would configure security at its first start, and whether it could start at all. Touches nothing.',
    'The verdict is ready, skipped (Elasticsearch would start without configuring security) or blocked (it could not start). With --json: {verdict, reason, checks: [{id, title, status, detail, remedy, undoable?}]}. What is undoable, `prepare` undoes.',
  ],
  options: { ...homeOptions, ...outputOptions },
  examples: [
    ['firstnode check --home ~/elasticsearch-9.4.3', 'every check with its remedy'],
    ['firstnode check --home /opt/es --json | jq -r .verdict', 'for a script'],
  ],
  exits: [3, 10, 11],
  looksOnly: true,
  perform: async (values, context) => {
    const target = targetOf(values, 'check')
    const engine = await context.engine()
    const report = await engine.preflight.run(target, { signal: context.signal })
    const { verdict, reason } = report
    const checks = report.checks.map(({ code: _, ...check }) => check)
    await context.result({ verdict, reason, checks }, checkPage(target, report, context.out, (command) => callLine(context.io, command, target.home)))
    return verdictExit[verdict]
  },
})
