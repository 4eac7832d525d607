import type { PreflightReport } from '../../shared/contract/preflight.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { callLine, lastingTarget } from '../call-line.ts'
import { defineCommand, type Context } from '../command.ts'
import { verdictExit } from '../exit-code.ts'
import type { Engine } from '../io.ts'
import { homeOptions, outputOptions, targetOf } from '../options/shared-options.ts'
import { checkPage, type CheckLines } from '../terminal/check-page.ts'

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
    const lines = context.json ? null : await linesFor(engine, target, report, context)
    await context.result({ verdict, reason, checks }, lines === null ? '' : checkPage(target, report, context.out, lines))
    return verdictExit[verdict]
  },
})

async function linesFor(engine: Engine, target: NodeTarget, { configured }: PreflightReport, context: Context): Promise<CheckLines> {
  const { signal } = context
  const fromEnvironment = target.config === undefined && (context.io.env.ES_PATH_CONF ?? '') !== ''
  const meant = fromEnvironment ? lastingTarget(target, await engine.installation.inspect(target, { signal })) : target
  const secured = configured && (await engine.node.status(target, { signal })).secured
  const { unfinished } = await engine.installation.inspect(target, { signal })
  return { of: (command) => callLine(context.io, command, meant), secured, unfinished }
}
