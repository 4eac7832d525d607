import { writeSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { nodeExecutable } from '../node-runtime.mjs'
import { inRoot } from '../root.mjs'
import { run } from '../run.mjs'
import { openDesktopUnderTest } from './desktop-under-test.ts'
import { runPacked } from './packed-part.ts'
import { readPlaywrightReport, readVitestReport } from './reports.ts'
import type { ToolName } from './tools.ts'
import { judge, type Tally, yesOrNo } from './tally.ts'

export const partNames = ['typecheck', 'lint', 'unit', 'integration', 'page', 'e2e', 'electron', 'packed', 'oracle', 'platform'] as const
export type PartName = (typeof partNames)[number]

/** What a window takes on Linux. */
const desktopTools: readonly ToolName[] = process.platform === 'linux' ? ['xvfb', 'openbox', 'bus', 'notifications', 'electronLibraries'] : []

/** What makes and checks packages for Linux. */
const packagingTools: readonly ToolName[] =
  process.platform === 'linux' ? ['binutils', 'dpkg', 'lintian', 'appstream', 'desktopEntries', 'squashfs', 'debootstrap'] : []

/** What a part needs before it can run. */
export const partNeeds: Readonly<Record<PartName, { readonly built: boolean; readonly copies: boolean; readonly tools: readonly ToolName[] }>> = {
  typecheck: { built: false, copies: false, tools: [] },
  lint: { built: false, copies: false, tools: [] },
  unit: { built: false, copies: false, tools: [] },
  integration: { built: true, copies: true, tools: ['maven', 'tmux', 'chromium', 'java17', 'java21', 'openssl', 'curl', 'cc', 'ip', ...desktopTools] },
  page: { built: true, copies: false, tools: ['headless'] },
  e2e: { built: true, copies: true, tools: ['maven', 'headless', 'java17', 'java21'] },
  electron: { built: true, copies: true, tools: ['maven', ...desktopTools, 'java21', 'curl'] },
  packed: { built: true, copies: true, tools: ['maven', ...desktopTools, ...packagingTools, 'java21', 'curl'] },
  oracle: { built: false, copies: true, tools: ['maven', 'java17', 'java21'] },
  // Fetches its copy itself: on Windows and macOS no tool is installed for it.
  platform: { built: false, copies: false, tools: [] },
}

/** What the clients of Elasticsearch, and what reads what is saved for later, need beyond that, which the long run of the integration tests has. */
export const longNeeds: readonly ToolName[] = ['python', 'go', 'cargo', 'fish', 'ruby', 'rubyClient', 'rubyDotenv', 'phpDotenv', 'perlClient', 'rsyslog']

/** What vitest, Playwright or a tool of its own runs: the parts, and the tests of packages for Linux, which belong to `packed`. */
type RunnerName = Exclude<PartName, 'packed'> | 'packages'

/** Runs one part to its end. `more` are further words for its runner; `output` is a file descriptor for what it says, else that goes to the terminal. */
export function runPart(name: PartName, more: readonly string[], output?: number): Promise<Tally> {
  if (name !== 'packed') return name === 'electron' ? runDesktop(more, output, process.env.FIRSTNODE_DESKTOP) : runTests(name, more, output)
  const ofPackages = more.some((word) => word.startsWith('test/packed'))
  return runPacked({
    tool: (words) => runTool(words, output),
    desktop: ofPackages ? null : (executable) => runDesktop(more, output, executable),
    packages: process.platform !== 'linux' || (more.length > 0 && !ofPackages) ? null : () => runTests('packages', more, output),
  })
}

/** The desktop's tests, on what is built or, where `packed` names its executable, on a packed application. */
async function runDesktop(more: readonly string[], output: number | undefined, packed: string | undefined): Promise<Tally> {
  const say = (line: string): void => void (output === undefined ? process.stdout.write(`${line}\n`) : writeSync(output, `${line}\n`))
  const desktop = await openDesktopUnderTest({ say, packed })
  try {
    return await runTests('electron', more, output, desktop.env)
  } finally {
    await desktop.close()
  }
}

async function runTests(name: RunnerName, more: readonly string[], output: number | undefined, env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const words = commands[name]
  if (name === 'typecheck' || name === 'lint' || name === 'oracle') return yesOrNo(await runTool([...words, ...more], output))
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-report-'))
  const report = join(folder, 'report.json')
  try {
    const given = process.env.ES_JAVA_OPTS
    const quick = name === 'unit' ? {} : { ES_JAVA_OPTS: [...quickStart, ...(given === undefined ? [] : [given])].join(' '), CLI_JAVA_OPTS: quickStart.join(' ') }
    const playwright = name === 'e2e' || name === 'electron'
    const reporting = playwright ? [] : ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const status = await runTool([...words, ...reporting, ...more], output, { FIRSTNODE_TEST_REPORT: report, ...quick, ...env })
    const text = await readFile(report, 'utf8').catch(() => null)
    return judge(name, status, read(text, playwright ? readPlaywrightReport : readVitestReport))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Nodes that live for seconds are not worth Java's second compiler, nearly half of what a start costs, nor its checks of classes that
 * were loaded unharmed a hundred times before: a twelfth. Tools of Elasticsearch are given the same by `quickTool`, but for those that make keys.
 */
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UnlockDiagnosticVMOptions', '-XX:-BytecodeVerificationRemote']
const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs')
const commands: Readonly<Record<RunnerName, readonly string[]>> = {
  typecheck: [inRoot('node_modules', 'typescript', 'bin', 'tsc')],
  lint: [inRoot('node_modules', 'oxlint', 'bin', 'oxlint'), '--type-aware'],
  unit: [vitest, 'run'],
  integration: [vitest, 'run', '--config', inRoot('test', 'integration', 'vitest.config.ts'), '--exclude', 'test/integration/page/**'],
  page: [vitest, 'run', '--config', inRoot('test', 'integration', 'page', 'vitest.config.ts')],
  e2e: [inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', inRoot('test', 'e2e', 'playwright.config.ts')],
  electron: [inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', inRoot('test', 'electron', 'playwright.config.ts')],
  packages: [vitest, 'run', '--config', inRoot('test', 'packed', 'vitest.config.ts')],
  oracle: [inRoot('test', 'oracle', 'record.ts')],
  platform: [vitest, 'run', '--config', inRoot('test', 'platform', 'vitest.config.ts')],
}

/** Tools and what they start find the Node of this project first on their path, and no terminal to ask anything of. */
function runTool(words: readonly string[], output: number | undefined, env: NodeJS.ProcessEnv = {}): Promise<number> {
  const PATH = `${inRoot('node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`
  return run(nodeExecutable(), words, { cwd: inRoot(), stdio: ['ignore', output ?? 'inherit', output ?? 'inherit'], env: { ...process.env, PATH, ...env } })
}

function read(text: string | null, reader: (text: string) => Tally): Tally | null {
  try {
    return text === null ? null : reader(text)
  } catch {
    return null
  }
}
