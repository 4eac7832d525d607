/** A line of security taken away or weakened, and the tests of which one must fail then. */
export interface Mutant {
  /** What is no longer done, in a few words. */
  readonly without: string
  /** The file, from the root of the checkout. */
  readonly file: string
  /** What stands in it exactly once. */
  readonly find: string
  readonly instead: string
  readonly killedBy: Killers
}

/** Files of unit tests; or titles in `test/electron/security.spec.ts`, where only a window shows it. */
export type Killers = { readonly unit: readonly string[] } | { readonly window: readonly string[] }

/** The mutants of one file, which the same tests watch. Each: what is no longer done, what stands there, what instead. */
export function mutantsOf(file: string, killedBy: Killers, ...changes: readonly (readonly [without: string, find: string, instead: string])[]): Mutant[] {
  return changes.map(([without, find, instead]) => ({ without, file, find, instead, killedBy }))
}

/** The text with the mutant in it. Throws where what it changes does not stand there exactly once. */
export function mutated(text: string, { file, find, instead, without }: Mutant): string {
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`"${find}" stands ${times} times in ${file}: the mutant "${without}" is to be written anew.`)
  return text.replace(find, () => instead)
}
