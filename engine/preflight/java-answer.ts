import { stat } from 'node:fs/promises'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { mayAccess } from '../installation/access.ts'
import { runJava } from '../installation/java-runtime.ts'
import { withHeap } from './bootstrap/facts.ts'
import { folderOfFile, harmless } from './harmless-options.ts'
import { tryOptions, type JavaTrial, type RunJava } from './java-trial.ts'
import { placeOf, readJvmOptions, type JvmOption } from './jvm-options.ts'
import type { Environment } from './placeholders.ts'

/** What Java says of the options that a node of this home will be started with. */
export interface JavaAnswer {
  readonly options: readonly JvmOption[]
  /** why the node would not start */
  readonly problem: Problem | null
  /** null where Java was not asked, or gave no answer in time: then nothing is known */
  readonly flags: JavaTrial['flags']
}

export interface JavaQuestion {
  readonly installation: Installation
  readonly env: Environment
  /** the heap that will be asked for, as `-Xmx` takes it; null leaves it to what the home says */
  readonly heap: string | null
  readonly platform: NodeJS.Platform
  /** stands in for the Java of the home */
  readonly run?: RunJava
}

/**
 * Asks the Java of this home, as the account that will run the node, whether it takes the options of the home and of the
 * environment. Changes nothing. Problems, as data: `jvm_options_…`, `jvm_option_…`, `not_enough_memory`, `launch_failed`.
 */
export async function askAboutOptions(question: JavaQuestion): Promise<JavaAnswer> {
  const { installation, env, heap } = question
  const read = await readJvmOptions(installation, env, installation.java?.major ?? null)
  const options = heap === null ? read.options : withHeap(read.options, installation, heap)
  const { asked, misplaced, files } = harmless(options)
  const [first] = misplaced
  const known = read.problem ?? (first === undefined ? null : problem('jvm_option_misplaced', { text: first.text, place: placeOf(first) }))
  if (known !== null) return { options, problem: known, flags: null }
  const run = question.run ?? javaOf(installation)
  const trial = run === null ? null : await tryOptions(asked, run)
  const refusal = trial === null ? null : refusalOf(trial, installation)
  return { options, problem: refusal ?? (await missingFile(files, question)), flags: trial?.flags ?? null }
}

/** systemd gives the node of a package another environment than this one: that one is not asked about. */
function javaOf({ java, javaTrouble, runAs, layout }: Installation): RunJava | null {
  if (java === null || javaTrouble !== null || layout === 'package') return null
  return (args) => runJava(java.executable, args, runAs)
}

const wantsMemory = /insufficient memory|Could not reserve enough space|failed to map|Not enough space/

function refusalOf({ refused }: JavaTrial, { java }: Installation): Problem | null {
  const [first] = refused
  if (first === undefined) return null
  const { said, option } = first
  if (option === null) return problem('launch_failed', { executable: java?.executable ?? '', why: said })
  if (wantsMemory.test(said)) return problem('not_enough_memory', { what: `${option.text} (${placeOf(option)}): ${said}` })
  const options = refused.flatMap((one) => (one.option === null ? [] : [{ text: one.option.text, place: placeOf(one.option), said: one.said }]))
  return problem('jvm_option_refused', { java: java?.version ?? '', options })
}

/** A file that Java opens before anything else, where it cannot be: an agent, a file of options, the folder of a log. */
async function missingFile(files: ReturnType<typeof harmless>['files'], { installation, platform }: JavaQuestion): Promise<Problem | null> {
  for (const { option, path, use } of files) {
    // Since 9 a node works in its folder of logs, before that in its home. Both are made where they are missing.
    const working = installation.major >= 9 ? installation.logs : installation.home
    const folder = folderOfFile(path, working, platform)
    if (use === 'write' && (folder === installation.logs || (await mayBeIn(folder, installation, platform)))) continue
    if (use === 'read' && (await stat(path).then((file) => file.isFile(), () => false))) continue
    if (use === 'read' && !isAbsolute(path, platform)) continue
    return problem('jvm_option_file', { text: option.text, place: placeOf(option), path: use === 'write' ? folder : path, use })
  }
  return null
}

async function mayBeIn(folder: string, { runAs }: Installation, platform: NodeJS.Platform): Promise<boolean> {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), (thrown: NodeJS.ErrnoException) => thrown.code === 'EACCES')
  return isFolder && (await mayAccess(folder, runAs, 'w', platform))
}

function isAbsolute(path: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' ? /^(?:[a-z]:)?[\\/]/i.test(path) : path.startsWith('/')
}
