import type { Installation } from '../../shared/contract/installation.ts'
import type { Check, RunningHome } from '../../shared/contract/preflight.ts'
import type { Problem, ProblemCode } from '../../shared/problems/problem.ts'
import type { Here } from '../network/resolve-host.ts'
import type { Ask } from '../system/ask-system.ts'
import type { BootstrapFacts } from './bootstrap/foreseen.ts'
import type { JavaAnswer } from './java-answer.ts'
import type { KeystoreLook } from './keystore-look.ts'
import type { Environment } from './placeholders.ts'
import type { Settings } from './settings.ts'

/** All that checks look at. What several of them need is read once, before the first runs. */
export interface Context {
  readonly installation: Installation
  /** what `elasticsearch.yml` says; null where it could not be read as settings */
  readonly settings: Settings | null
  /** why it could not */
  readonly settingsProblem: Problem | null
  readonly keystore: KeystoreLook
  /** the node of this home that runs now */
  readonly running: RunningHome | null
  /** what Java says of the options that the node will be started with; asked once */
  readonly javaAnswer: () => Promise<JavaAnswer>
  /** the environment the node will have */
  readonly env: Environment
  /** `node.name` where the settings give none: the host name, as the launcher sees it */
  readonly hostName: string
  /** heap that will be asked for, as `-Xmx` takes it; null leaves it to what the home says */
  readonly heap: string | null
  /** it is to join a cluster */
  readonly joining: boolean
  /** what this machine knows of hosts and addresses */
  readonly here: Here
  /** every mount point, by its real path */
  readonly mountPoints: ReadonlySet<string>
  /** what Elasticsearch's bootstrap checks will look at, and whether they end the start; null without settings */
  readonly bootstrap: { readonly enforced: boolean; readonly facts: BootstrapFacts } | null
  readonly platform: NodeJS.Platform
  /** asks programs of the system */
  readonly ask: Ask
}

/** What a check found: what was looked at and what it means, what to do about it in words, and what of that a plan can do. */
export type Finding = Pick<Check, 'status' | 'detail' | 'remedy'> & { readonly code?: ProblemCode; readonly undo?: Partial<Obstacles> }

/** What stands in the way and can be taken out: settings by their flat names, entries of `elasticsearch.keystore`. */
export interface Obstacles {
  readonly settings: readonly string[]
  readonly entries: readonly string[]
}

/** One check. `run` gives null where there is nothing to look at (another check says why). */
export interface Rule {
  readonly id: string
  readonly title: string
  /** it looks at what a set-up writes, which is of no matter where Elasticsearch would write nothing */
  readonly writes?: true
  readonly run: (context: Context) => Promise<Finding | null> | Finding | null
}

/** A check that reads the settings: left out where they could not be read. */
export function onSettings(
  id: string,
  title: string,
  judge: (settings: Settings, context: Context) => Promise<Finding> | Finding,
): Rule {
  return { id, title, run: (context) => (context.settings === null ? null : judge(context.settings, context)) }
}

export function passed(detail: string): Finding {
  return { status: 'passed', detail, remedy: null }
}

/** Works, worth knowing. */
export function warns(detail: string, remedy: string): Finding {
  return { status: 'warning', detail, remedy }
}

/** Elasticsearch would start without configuring security. */
export function skips(detail: string, remedy: string, code?: ProblemCode): Finding {
  return { status: 'skips', detail, remedy, ...(code === undefined ? {} : { code }) }
}

/** The finding goes where a plan takes these out. */
export function undoneBy(finding: Finding, undo: Partial<Obstacles>): Finding {
  return { ...finding, undo }
}

/** It could not start, or the set-up could not succeed. */
export function blocks(detail: string, remedy: string, code?: ProblemCode): Finding {
  return { status: 'blocks', detail, remedy, ...(code === undefined ? {} : { code }) }
}

/** The same in the words of a problem. */
export function blocksWith({ code, message, remedy }: Problem): Finding {
  return { status: 'blocks', detail: message, remedy, code }
}
