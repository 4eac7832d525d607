import type { HomeState } from '../../shared/contract/installation.ts'
import type { NodeStatus } from '../../shared/contract/node.ts'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'

export const readyReport: PreflightReport = {
  verdict: 'ready',
  reason: null,
  decidedBy: null,
  configured: false,
  checks: [{ id: 'data-directory', title: 'Data directory', status: 'passed', detail: 'It is empty.', remedy: null }],
}

export const skippedReport: PreflightReport = {
  verdict: 'skipped',
  reason: 'The data directory is not empty.',
  decidedBy: 'data-directory',
  configured: false,
  checks: [
    { id: 'data-directory', title: 'Data directory', status: 'skips', detail: '/es/data holds 3 entries.', remedy: 'Take a fresh home.' },
    { id: 'java', title: 'Java', status: 'passed', detail: 'Java 25 from ES_JAVA_HOME.', remedy: null },
  ],
}

export const blockedReport: PreflightReport = {
  verdict: 'blocked',
  reason: 'There is no Java.',
  decidedBy: 'java',
  configured: false,
  checks: [{ id: 'java', title: 'Java', status: 'blocks', detail: 'No Java was found.', remedy: 'Install one.' }],
}

/** Security is configured: by a set-up of ours, or by hand. */
export const configuredReport: PreflightReport = { ...skippedReport, configured: true }

/** The same, by a first start of Elasticsearch's own that died half-way. */
export const unseenReport: PreflightReport = {
  ...configuredReport,
  checks: [
    ...configuredReport.checks,
    { id: 'elastic-password', title: 'Elastic password', status: 'warning', detail: 'Its first start died half-way.', remedy: 'Start the node, then set a new password.', code: 'password_unseen' },
  ],
}

export const byHandReport: PreflightReport = {
  verdict: 'skipped',
  reason: 'xpack.security.enabled is set to true.',
  decidedBy: 'security-enabled',
  configured: true,
  checks: [{ id: 'security-enabled', title: 'Security', status: 'skips', detail: 'xpack.security.enabled is set to true.', remedy: 'If it is not, take it out.' }],
}

export const node: RunningNode = { pid: 4242, name: 'alpha', version: '9.4.3', startedAt: Date.UTC(2026, 0, 2, 12, 0), httpPort: 9200, logFile: '/es/logs/elasticsearch.log' }

/** A home whose settings turn on no TLS for clients: a fresh one, one with data, one configured by hand. */
export const plainStatus: NodeStatus = {
  running: false,
  node: null,
  url: 'http://localhost:9200',
  secured: false,
  answering: false,
  sentence: 'No node of this home runs.',
  health: null,
  master: null,
  certificateValidUntil: null,
}
export const plainRunningStatus: NodeStatus = { ...plainStatus, running: true, node, answering: true, sentence: 'alpha runs and answers on http://localhost:9200.' }

/** A home that was set up. */
export const stoppedStatus: NodeStatus = { ...plainStatus, url: 'https://localhost:9200', secured: true }
export const runningStatus: NodeStatus = { ...stoppedStatus, running: true, node, answering: true, sentence: 'alpha runs and answers on https://localhost:9200.' }

/** What `inspect`, the checks and `status` say of one and the same home: the engine gives them only together. */
export interface HomeSaid {
  readonly state: HomeState
  readonly report: PreflightReport
  readonly status: NodeStatus
}

/** Of a home whose node runs, only that is judged. */
function whileRunning({ configured }: PreflightReport, { url, secured }: NodeStatus): PreflightReport {
  const detail = `Elasticsearch 9.4.3 is already running at ${url} (process ${node.pid}).`
  const status = secured ? ('passed' as const) : ('skips' as const)
  const running = { id: 'running', title: 'Running node', status, detail, remedy: 'Use the running node.', code: 'already_running' }
  return {
    verdict: 'running',
    reason: detail,
    decidedBy: 'running',
    configured,
    running: { pid: node.pid, url, secured, answering: true },
    checks: [running],
  }
}

export const homes = {
  fresh: { state: 'new', report: readyReport, status: plainStatus },
  withData: { state: 'unsecured', report: skippedReport, status: plainStatus },
  withDataRunning: { state: 'running', report: whileRunning(skippedReport, plainRunningStatus), status: plainRunningStatus },
  withoutJava: { state: 'new', report: blockedReport, status: plainStatus },
  setUp: { state: 'configured', report: configuredReport, status: stoppedStatus },
  setUpRunning: { state: 'running', report: whileRunning(configuredReport, runningStatus), status: runningStatus },
  unseen: { state: 'configured', report: unseenReport, status: stoppedStatus },
  byHand: { state: 'configured', report: byHandReport, status: plainStatus },
  byHandRunning: { state: 'running', report: whileRunning(byHandReport, plainRunningStatus), status: plainRunningStatus },
} as const satisfies Record<string, HomeSaid>

/** What of these three the engine never gives together; null where it could. */
export function whatCannotBe({ state, report, status }: HomeSaid): string | null {
  const wrong = [
    status.secured && state !== 'unfinished' && !report.configured ? 'TLS for clients without a report that says configured' : null,
    status.running && state === 'new' ? 'a node that runs from a home that is new' : null,
    state === 'running' && (!status.running || report.verdict !== 'running') ? 'a home whose node runs, with a status or checks that do not say so' : null,
    (status.node !== null) !== status.running || (status.answering && !status.running) ? 'a status that contradicts itself' : null,
    status.health === null ? null : 'a health that nobody with a password asked for',
  ]
  return wrong.find((words) => words !== null) ?? null
}
