import { posix, win32 } from 'node:path'
import type { JvmOption } from './jvm-options.ts'

/** Java's arguments for one option, changed so that asking Java about it reads, writes, opens and runs nothing else. */
export interface AskedOption {
  readonly option: JvmOption
  readonly args: readonly string[]
}

export interface AskedOptions {
  readonly asked: readonly AskedOption[]
  /** what Java takes for the program to run, or what makes it do something else than run Elasticsearch */
  readonly misplaced: readonly JvmOption[]
  /** options with the path of a file that Java reads or writes at once; Java ends where it cannot */
  readonly files: readonly { readonly option: JvmOption; readonly path: string; readonly use: 'read' | 'write' }[]
}

/** Options whose value is the next argument. */
const withValue = new Set([
  '-cp', '-classpath', '--class-path', '-p', '--module-path', '--upgrade-module-path', '--add-modules', '--add-exports', '--add-opens', '--add-reads',
  '--limit-modules', '--patch-module', '--enable-native-access', '--illegal-native-access', '--source', '-d', '--describe-module', '-m', '--module',
])

/** Options after which Java runs no class, or another one. */
const commands = new Set([
  '-jar', '-m', '--module', '--source', '-d', '--describe-module', '--list-modules', '--validate-modules', '--dry-run', '-version', '--version', '-fullversion',
  '--full-version', '-help', '--help', '-h', '-?', '-X', '--help-extra',
])

/** Options that load code, listen, wait, record or write, whatever follows their name. */
const dropped = [
  /^-(?:javaagent|agentlib|agentpath|splash):/,
  /^-Xrun/,
  /^-Xshare:/,
  /^-Xbootclasspath/,
  /^--(?:patch-module|upgrade-module-path|module-path|class-path)\b/,
  /^-(?:cp|classpath|p)$/,
  /^-XX:(?:OnError|OnOutOfMemoryError|Flags|VMOptionsFile|StartFlightRecording|FlightRecorderOptions|SharedArchiveFile|SharedClassListFile)\b/,
  /^-XX:(?:ArchiveClassesAtExit|DumpLoadedClassList|CompileCommandFile|CompilerDirectivesFile|AOT\w+|CRaC\w*|CDS\w*|PerfDataSaveFile)\b/,
  /^-XX:(?:HeapDumpPath|ErrorFile|LogFile|ReplayDataFile|InlineDataFile)=/,
  /^-XX:[+-](?:DumpSharedSpaces|DynamicDumpSharedSpaces|RecordDynamicDumpInfo|AutoCreateSharedArchive|DumpPerfMapAtExit|LogVMOutput|LogCompilation)\b/,
  /^-XX:[+-](?:FlightRecorder|PauseAtStartup|PauseAtExit|PerfDataSaveToFile|ShowMessageBoxOnError|AlwaysPreTouch|UsePerfData|ManagementServer)\b/,
]

/** Names of files in `-XX:Flags=…` and the like, which Java opens before all else. */
const readFiles = /^(?:-XX:(?:Flags|VMOptionsFile)=|@)(.+)$/
const agents = /^-(?:javaagent:([^=]+)|agentpath:([^=]+))/

/**
 * What to ask Java about these options. A node's own options write logs and dumps, load agents and run programs: nothing of
 * that may happen when Java is only asked whether it takes them, and none of it can be what Java refuses but for a file
 * that is not there. System properties are left out, since Java takes every one of them, but for the Security Manager's.
 */
export function harmless(options: readonly JvmOption[]): AskedOptions {
  const asked: AskedOption[] = []
  const misplaced: JvmOption[] = []
  const files: { option: JvmOption; path: string; use: 'read' | 'write' }[] = []
  for (let index = 0; index < options.length; index++) {
    const option = options[index] as JvmOption
    const { text } = option
    const value = withValue.has(text) ? options[++index]?.text : undefined
    const agent = agents.exec(text)
    const read = readFiles.exec(text)?.[1] ?? agent?.[1] ?? agent?.[2]
    const log = logOf(text)
    if (read !== undefined) files.push({ option, path: read, use: 'read' })
    if (log?.file != null) files.push({ option, path: log.file, use: 'write' })
    if (commands.has(text) || !/^[-@]/.test(text)) misplaced.push(option)
    else if (log !== null) asked.push({ option, args: log.args })
    else if (isAsked(text)) asked.push({ option, args: value === undefined ? [text] : [text, value] })
  }
  return { asked, misplaced, files }
}

function isAsked(text: string): boolean {
  if (text.startsWith('@') || dropped.some((pattern) => pattern.test(text))) return false
  return !text.startsWith('-D') || /^-Djava\.security\.manager(?:=(?:allow|disallow|default)?)?$/.test(text)
}

/**
 * `-Xlog:WHAT:OUTPUT:DECORATORS:OPTIONS` to standard output instead of a file. Options of a file (rotation) hold for
 * files alone, so they are left out; null for what is no such option.
 */
function logOf(text: string): { args: string[]; file: string | null } | null {
  const old = /^-Xloggc:(.+)$/.exec(text)
  if (old !== null) return { args: ['-Xlog:gc'], file: fileOf(old[1] ?? '') }
  if (!text.startsWith('-Xlog:')) return null
  const [what = '', output = '', decorators = ''] = fieldsOf(text.slice('-Xlog:'.length))
  if (output === '' || output === 'stdout' || output === 'stderr') return { args: [text], file: null }
  return { args: [`-Xlog:${what}:stdout:${decorators}`], file: fileOf(output) }
}

/** Fields are divided by colons, but for those in quotes and those of a drive (`file=C:\logs\gc.log`). */
function fieldsOf(text: string): string[] {
  const fields = ['']
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    const last = fields.at(-1) ?? ''
    if (character === '"') isQuoted = !isQuoted
    const isDrive = /^(?:file=)?[a-z]$/i.test(last) && /[\\/]/.test(text.charAt(at + 1))
    if (character === ':' && !isQuoted && !isDrive) fields.push('')
    else fields[fields.length - 1] = last + character
  }
  return fields
}

function fileOf(output: string): string {
  return output.replace(/^file=/, '').replaceAll('"', '')
}

/** The folder that a file of these options lies in; a relative one is below `workingFolder`. */
export function folderOfFile(path: string, workingFolder: string, platform: NodeJS.Platform): string {
  const paths = platform === 'win32' ? win32 : posix
  return paths.dirname(paths.resolve(workingFolder, path))
}
