import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findJava } from '../../engine/installation/java.ts'
import { run } from '../run.mjs'
import { notificationDaemon } from './desktop-session.ts'

export type ToolName = 'maven' | 'chromium' | 'headless' | 'tmux' | 'java17' | 'java21' | 'openssl' | 'curl' | 'cc' | 'ip' | 'xvfb' | 'openbox' | 'bus' | 'notifications' | 'electronLibraries' | PackagingToolName | 'python' | 'go' | 'cargo' | LongToolName

/** What makes packages for Linux and looks at them. */
type PackagingToolName = 'binutils' | 'dpkg' | 'lintian' | 'appstream' | 'desktopEntries' | 'debootstrap' | 'squashfs'

/** What only the clients and readers of the long run need. */
type LongToolName = 'fish' | 'ruby' | 'rubyClient' | 'rubyDotenv' | 'phpDotenv' | 'perlClient' | 'rsyslog'

interface Tool {
  readonly name: string
  /** what the tests do with it */
  readonly why: string
  /**
   * packages of Debian and its descendants, each good enough: the first that the machine's sources have is taken. Several that belong together
   * stand in one, with blanks between
   */
  readonly packages: readonly string[]
  isThere(): Promise<boolean>
  /** whether what is there will do where the tool itself cannot be installed */
  readonly willDo?: () => boolean
}

/** Everything the tests need beside npm's packages. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  maven: program('Maven', 'fetches the practice copies of Elasticsearch', ['mvn'], ['maven']),
  chromium: { name: 'Chromium', why: 'shows the page', packages: ['chromium', 'chromium-browser'], isThere: async () => chromium() !== null },
  headless: {
    name: 'Chromium without a window',
    why: 'shows the page for two thirds of what Chromium itself takes',
    packages: ['chromium-headless-shell', 'chromium', 'chromium-browser'],
    isThere: async () => headlessShell() !== null,
    willDo: () => chromium() !== null,
  },
  tmux: program('tmux', 'is the terminal in which the command line is tried', ['tmux'], ['tmux']),
  openssl: program('OpenSSL', 'reads the certificates that were written', ['openssl'], ['openssl']),
  curl: program('curl', 'asks the finished node as a person would', ['curl'], ['curl']),
  cc: program('a C compiler', 'makes the library by which a test sets the limit of open files', ['cc', 'gcc', 'clang'], ['gcc', 'clang']),
  ip: program('iproute2', 'makes hosts of their own for the nodes of a test', ['ip'], ['iproute2']),
  xvfb: program('Xvfb', 'is the display on which the window opens', ['Xvfb'], ['xvfb']),
  openbox: {
    name: 'openbox and xprop',
    why: 'manage the windows on that display',
    packages: ['openbox x11-utils'],
    isThere: async () => onPath(['openbox']) !== null && onPath(['xprop']) !== null,
  },
  bus: program('D-Bus', 'carries notifications', ['dbus-daemon'], ['dbus-daemon dbus-bin', 'dbus']),
  notifications: {
    name: 'a notification daemon',
    why: 'shows notifications',
    packages: ['notification-daemon'],
    isThere: async () => existsSync(notificationDaemon),
  },
  electronLibraries: {
    name: 'the libraries of Electron',
    why: 'the desktop application runs on',
    packages: ['libgtk-3-0t64 libnss3 libgbm1 libasound2t64 libdrm2 libnotify4', 'libgtk-3-0 libnss3 libgbm1 libasound2 libdrm2 libnotify4'],
    isThere: async () => process.platform !== 'linux' || librariesAreHere(['libgtk-3.so.0', 'libnss3.so', 'libgbm.so.1', 'libasound.so.2', 'libdrm.so.2', 'libnotify.so.4']),
  },
  binutils: program('binutils', 'say which libraries the desktop application needs', ['readelf'], ['binutils']),
  dpkg: program('dpkg-deb', 'makes the deb', ['dpkg-deb'], ['dpkg']),
  lintian: program('Lintian', 'checks the deb', ['lintian'], ['lintian']),
  appstream: program('appstreamcli', 'checks the metadata for software centres', ['appstreamcli'], ['appstream']),
  desktopEntries: program('desktop-file-validate', 'checks the desktop entry', ['desktop-file-validate'], ['desktop-file-utils']),
  squashfs: program('squashfs-tools', 'make the AppImage and unpack it', ['mksquashfs'], ['squashfs-tools']),
  debootstrap: program('debootstrap', 'makes the Debian in which the deb is installed', ['debootstrap'], ['debootstrap']),
  python: program('Python', 'runs its client of Elasticsearch', ['python3'], ['python3-venv']),
  go: program('Go', 'compiles its client of Elasticsearch', ['go'], ['golang-go']),
  cargo: program('Cargo', 'compiles the Rust client of Elasticsearch', ['cargo'], ['cargo']),
  fish: program('fish', 'is a shell whose quotes are its own', ['fish'], ['fish']),
  ruby: program('Ruby', 'runs its client of Elasticsearch', ['ruby'], ['ruby']),
  rubyClient: {
    name: 'the Ruby client of Elasticsearch',
    why: 'connects as its snippet says',
    packages: ['ruby-elasticsearch'],
    isThere: async () => answers('ruby', ['-e', "require 'elasticsearch'"]),
  },
  rubyDotenv: { name: 'dotenv of Ruby', why: 'reads a .env', packages: ['ruby-dotenv'], isThere: async () => answers('ruby', ['-e', "require 'dotenv'"]) },
  phpDotenv: {
    name: 'PHP and phpdotenv',
    why: 'read a .env',
    packages: ['php-cli php-vlucas-phpdotenv'],
    isThere: async () => answers('php', ['-r', "require 'Dotenv/autoload.php';"]),
  },
  perlClient: {
    name: 'the Perl client of Elasticsearch',
    why: 'connects as its snippet says',
    packages: ['libsearch-elasticsearch-perl libio-socket-ssl-perl'],
    isThere: async () => answers('perl', ['-MSearch::Elasticsearch', '-MIO::Socket::SSL', '-e', '1']),
  },
  rsyslog: {
    name: 'rsyslog with its output for Elasticsearch',
    why: 'connects as its settings say',
    packages: ['rsyslog rsyslog-elasticsearch'],
    // What Node gives is a socket, which nobody can open by a name: `cat` makes a pipe of it.
    isThere: async () => onPath(['rsyslogd']) !== null && answers('sh', ['-c', 'cat | rsyslogd -N1 -f /dev/stdin'], 'module(load="omelasticsearch")\naction(type="omfile" file="/dev/null")\n'),
  },
  java17: java('Java 17 to 23', 'runs Elasticsearch 8.16.6', '8.16.6', 8, 16, ['openjdk-17-jdk-headless', 'openjdk-21-jdk-headless']),
  java21: java('Java 21 or newer', 'runs Elasticsearch 9.4.3', '9.4.3', 9, 4, ['openjdk-25-jdk-headless', 'openjdk-21-jdk-headless', 'openjdk-24-jdk-headless']),
}

/** The Chromium (or Chrome) of this machine, or null. FIRSTNODE_CHROMIUM names another. */
export function chromium(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.FIRSTNODE_CHROMIUM) return existsSync(env.FIRSTNODE_CHROMIUM) ? env.FIRSTNODE_CHROMIUM : null
  return onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'], env)
}

/** What shows the page where no window is needed: Chromium built without one, else Chromium; null where neither is. FIRSTNODE_CHROMIUM names another. */
export function headlessChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  return headlessShell(env) ?? chromium(env)
}

function headlessShell(env: NodeJS.ProcessEnv = process.env): string | null {
  return env.FIRSTNODE_CHROMIUM ? chromium(env) : onPath(['chromium-headless-shell'], env)
}

/**
 * Installs those of `names` that are missing, saying what and why; ends with one clear sentence where that cannot be done
 * (no apt here, not root, nothing that fits in the machine's sources).
 */
export async function ensureTools(names: readonly ToolName[], say: (line: string) => void): Promise<void> {
  const installing = onPath(['apt-get']) !== null && process.getuid?.() === 0
  const missing = (await missingOf(names)).filter((tool) => installing || !tool.willDo?.())
  if (missing.length === 0) return
  for (const { name, why } of missing) say(`Missing: ${name}, which ${why}.`)
  if (onPath(['apt-get']) === null) throw new Error(`Install ${listed(missing)} by hand: this machine has no apt-get.`)
  if (process.getuid?.() !== 0) throw new Error(`Run this as root, then again what you ran:  apt-get install ${missing.map(({ packages }) => packages[0]).join(' ')}`)
  await apt(['update', '-qq'])
  for (const tool of missing) await install(tool, say)
  const still = (await missingOf(names)).filter((tool) => !tool.willDo?.())
  if (still.length > 0) throw new Error(`${listed(still)} is still missing after it was installed: see above.`)
}

async function install({ name, packages, willDo }: Tool, say: (line: string) => void): Promise<void> {
  for (const one of packages) {
    const status = await apt(['install', '-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends', ...one.split(' ')])
    if (status === 0) return say(`Installed ${name}: ${one}.`)
  }
  if (willDo?.()) return say(`${name} cannot be installed here; what is there will do.`)
  throw new Error(`${name} is missing and no package that has it can be installed here (${packages.join(', ')}). Install it by hand; a JDK anywhere in /usr/lib/jvm, or named by JAVA_HOME, is found.`)
}

async function missingOf(names: readonly ToolName[]): Promise<Tool[]> {
  const judged = await Promise.all(names.map(async (name) => ((await tools[name].isThere()) ? [] : [tools[name]])))
  return judged.flat()
}

function program(name: string, why: string, executables: readonly string[], packages: readonly string[]): Tool {
  return { name, why, packages, isThere: async () => onPath(executables) !== null }
}

function java(name: string, why: string, text: string, major: number, minor: number, packages: readonly string[]): Tool {
  const { ES_JAVA_HOME: _, ...env } = process.env
  const isThere = async () => (await findJava({ home: 'no home', version: { text, major, minor, patch: 0 }, account: null, env })).trouble === null
  return { name, why, packages, isThere }
}

/** Whether a program ends well with these words: what it is asked to load is there. */
function answers(program: string, words: readonly string[], input = ''): boolean {
  return spawnSync(program, words, { stdio: ['pipe', 'ignore', 'ignore'], input }).status === 0
}

function librariesAreHere(names: readonly string[]): boolean {
  const { error, stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  return error === undefined && names.every((name) => stdout.includes(`${name} `))
}

function onPath(names: readonly string[], env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)))
  return paths.find(executable) ?? null
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function apt(words: readonly string[]): Promise<number> {
  return run('apt-get', words, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

function listed(some: readonly Tool[]): string {
  return some.map(({ name }) => name).join(', ')
}
