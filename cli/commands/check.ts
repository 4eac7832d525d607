import type { PreflightReport } from '../../shared/contract/preflight.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { callLine, lastingTarget } from '../call-line.ts'
import { defineCommand, type Context } from '../command.ts'
import { exitOfVerdict } from '../exit-code.ts'
import type { Engine } from '../io.ts'
import { homeOptions, outputOptions, targetOf } from '../options/shared-options.ts'
import { checkPage, type CheckLines } from '../terminal/check-page.ts'

export const check = defineCommand({
  name: 'check',
  summary: 'check whether this Elasticsearch can be set up',
  required: ['home'],
  about: [
    'Looks at everything that decides whether Elasticsearch would configure security at its first start, and whether it could start at all. Touches nothing.',
    'The verdict is ready, skipped (Elasticsearch would start without configuring security), blocked (it could not start), or running (its node runs now: exit 0 where it is secured, else 10).',
    'With --json: {verdict, reason, checks: [{id, title, status, detail, remedy, undoable?}]}, and for a node that runs {running: {pid, url, secured, answering}}. What is undoable, `prepare` undoes.',
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
    const { verdict, reason, running } = report
    const checks = report.checks.map(({ code: _, ...check }) => check)
    const lines = context.json ? null : await linesFor(engine, target, report, context)
    const found = { verdict, reason, ...(running == null ? {} : { running }), checks }
    await context.result(found, lines === null ? '' : checkPage(target, report, context.out, lines))
    return exitOfVerdict(report)
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
