import { z } from 'zod'
import { unfinishedWork } from './unfinished.ts'

/** The Java that would run the node. `major` is the feature release (17, 21, 25). */
export const javaRuntime = z.object({
  home: z.string(),
  executable: z.string(),
  major: z.number().int(),
  version: z.string(),
  source: z.enum(['bundled', 'ES_JAVA_HOME', 'JAVA_HOME', 'path', 'usual place']),
})
export type JavaRuntime = z.infer<typeof javaRuntime>

export const account = z.object({
  name: z.string().nullable(),
  uid: z.number().int(),
  gid: z.number().int(),
  groups: z.array(z.number().int()),
})
/** An operating system account by numbers (none on Windows); `name` is null where no account stands behind the number. */
export type Account = z.infer<typeof account>

/**
 * The state of a home at a glance. `new`: never started. `running`. `configured`: security is configured, not running.
 * `unfinished`: a setup, a join, an undo or a preparation of ours was interrupted here. `unsecured`: has data or settings but no
 * security of ours or stock's. `unsuitable`: not for us (too old, a package layout that is someone else's, unreadable).
 */
export const homeState = z.enum(['new', 'running', 'configured', 'unfinished', 'unsecured', 'unsuitable'])
export type HomeState = z.infer<typeof homeState>

/** A home as found by a search: enough for one line on the first page. `modified` in ms since 1970. */
export const foundHome = z.object({
  home: z.string(),
  config: z.string(),
  version: z.string().nullable(),
  owner: z.string().nullable(),
  state: homeState,
  stateReason: z.string().nullable(),
  unfinished: unfinishedWork.optional(),
  modified: z.number(),
  practice: z.boolean(),
})
export type FoundHome = z.infer<typeof foundHome>

/** Why a list of what was found on this machine may not be complete: a search ends after some seconds. */
export const searchIncomplete = z.object({ code: z.string(), message: z.string(), remedy: z.string() })

/** What a search found, newest first. `incomplete`: null where every usual place was searched to its end. */
export const foundHomes = z.object({ homes: z.array(foundHome), incomplete: searchIncomplete.nullable() })
export type FoundHomes = z.infer<typeof foundHomes>

/** Everything that `inspect` says of a home. Sizes in bytes. `problems` are told by the checks, not thrown here. */
export const installation = z.object({
  home: z.string(),
  version: z.string(),
  /** 8 or 9 */
  major: z.number().int(),
  layout: z.enum(['archive', 'package']),
  config: z.string(),
  /** where `config` comes from */
  configSource: z.enum(['asked', 'ES_PATH_CONF', 'layout']),
  data: z.array(z.string()),
  logs: z.string(),
  /** who owns the home; null on Windows */
  owner: account.nullable(),
  /** the account that will run the node; null where it is the caller's own (not root, or Windows) */
  runAs: account.nullable(),
  java: javaRuntime.nullable(),
  /** why there is no Java to use, or why this one will not do; null where all is well */
  javaTrouble: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
  /** Java majors this version starts on; `max` null where none is known to be too new */
  javaNeeds: z.object({ min: z.number().int(), max: z.number().int().nullable() }),
  disk: z.object({ path: z.string(), freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  memory: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
  /** ports the settings name (or the defaults) and whether something listens there now */
  ports: z.object({
    http: z.number().int(),
    httpNamed: z.boolean(),
    httpTaken: z.boolean(),
    transport: z.number().int(),
    transportNamed: z.boolean(),
    transportTaken: z.boolean(),
  }),
  /** `vm.max_map_count`; null where the system has none */
  maxMapCount: z.number().int().nullable(),
  practice: z.boolean(),
  state: homeState,
  stateReason: z.string().nullable(),
  /** what an earlier Firstnode left unfinished here, whatever the state */
  unfinished: unfinishedWork.optional(),
})
export type Installation = z.infer<typeof installation>
