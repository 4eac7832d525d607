/**
 * How a problem ends a command. 1: a fault of ours. 2: the command line was wrong. 3: refused, nothing was changed.
 * 4: begun and failed, everything put back. 5: another Firstnode is at work on this home. 6: the cluster did not
 * answer or did not accept. 130: cancelled by the person.
 */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 6 | 130

/** The answer that a problem is about, by its name in the contract. The page shows the problem at that field. */
export type AnswerField =
  | 'nodeName'
  | 'clusterName'
  | 'httpPort'
  | 'transportPort'
  | 'heap'
  | 'httpHost'
  | 'san'
  | 'elasticPassword'
  | 'password'
  | 'username'
  | 'token'
  | 'hosts'
  | 'into'
  | 'url'
  | 'name'
  | 'prefix'
  | 'folder'
  | 'version'
  | 'mirror'
  | 'authority'

/** What a person is told: what happened, in a sentence or two, and what to do about it. */
export interface Words {
  readonly exit: ExitCode
  readonly message: string
  readonly remedy: string
  /** set where the problem is about one answer alone */
  readonly field?: AnswerField
}

/** One room's problems: code → the words, made from what is known where it happens. */
export type Catalogue = Record<string, (known: never) => Words>

/** Helps an entry to be checked in place while keeping the types of its parameters. */
export function catalogue<const T extends Catalogue>(entries: T): T {
  return entries
}
