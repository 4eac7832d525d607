import type { Io, Output } from '../io.ts'

type Env = Io['env']

/** How a stream is written to: colours, signs and room that it has. */
export interface Style {
  /** a terminal that can move its cursor */
  readonly live: boolean
  readonly columns: number
  readonly signs: Signs
  readonly bold: Paint
  readonly dim: Paint
  readonly good: Paint
  readonly warn: Paint
  readonly bad: Paint
  readonly accent: Paint
}

type Paint = (text: string) => string

interface Signs {
  readonly done: string
  readonly failed: string
  readonly warning: string
  readonly waiting: string
  readonly filled: string
  readonly empty: string
  readonly rule: string
  readonly dot: string
  readonly spinner: readonly string[]
}

const unicodeSigns: Signs = {
  done: '✓',
  failed: '✗',
  warning: '!',
  waiting: '·',
  filled: '━',
  empty: '─',
  rule: '─',
  dot: '·',
  spinner: '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'.split(''),
}
const asciiSigns: Signs = {
  done: '+',
  failed: 'x',
  warning: '!',
  waiting: '.',
  filled: '#',
  empty: '-',
  rule: '-',
  dot: '-',
  spinner: ['|', '/', '-', '\\'],
}

/** What `output` can show. Honours NO_COLOR (no-color.org), FORCE_COLOR and TERM=dumb. */
export function styleOf(output: Output, env: Env, platform: NodeJS.Platform): Style {
  const terminal = output.isTTY === true
  const dumb = env.TERM === 'dumb'
  const paint = wantsColour(terminal && !dumb, env)
  const code = (open: number, close: number) => (text: string) => (paint && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text)
  return {
    live: terminal && !dumb,
    columns: Math.max(20, terminal ? (output.columns ?? 80) : 80),
    signs: !terminal || speaksUnicode(env, platform) ? unicodeSigns : asciiSigns,
    bold: code(1, 22),
    dim: code(2, 22),
    good: code(32, 39),
    warn: code(33, 39),
    bad: code(31, 39),
    accent: code(36, 39),
  }
}

function wantsColour(able: boolean, env: Env): boolean {
  if ((env.NO_COLOR ?? '') !== '') return false
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR !== '0'
  return able
}

/** The Linux console and the old Windows one have no signs beyond ASCII; a locale that says C was chosen by somebody. */
function speaksUnicode(env: Env, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return [env.WT_SESSION, env.TERM_PROGRAM, env.ConEmuTask].some((mark) => (mark ?? '') !== '')
  if (env.TERM === 'linux') return false
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((name) => (name ?? '') !== '')
  return locale === undefined || /utf-?8/i.test(locale)
}
