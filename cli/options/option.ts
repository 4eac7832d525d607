interface Told {
  readonly help: string
  /** one letter that means the same behind a single dash */
  readonly short?: string
}

/** One option of a command. `flag` takes no value; `list` may be repeated; `path` is made absolute; everything else is checked when read. */
export type Option = Told &
  (
    | { readonly kind: 'flag' }
    | { readonly kind: 'text' | 'path' | 'port' | 'heap' | 'list'; readonly value: string }
    | { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] }
  )

/** The options of a command, by their long name without dashes. */
export type Options = Readonly<Record<string, Option>>

/** What an option gives once read: ports as numbers, lists as lists, undefined where it was not given. */
export type ValueOf<O extends Option> = O extends { kind: 'flag' }
  ? boolean
  : O extends { kind: 'list' }
    ? readonly string[]
    : O extends { kind: 'port' }
      ? number | undefined
      : O extends { kind: 'choice'; choices: readonly (infer C)[] }
        ? C | undefined
        : string | undefined

export type Values<S extends Options> = { readonly [Name in keyof S]: ValueOf<S[Name]> }
