/** How a value is written. `none`: it is not written at all. */
export type ScalarStyle = 'plain' | 'quoted' | 'block' | 'none'

interface Place {
  readonly start: number
  /** behind its last character */
  readonly end: number
}

export type Token =
  | (Place & { readonly kind: 'scalar'; readonly text: string; readonly style: ScalarStyle })
  | (Place & { readonly kind: 'alias' | 'anchor'; readonly name: string })
  /** `handle` null: the suffix is the whole tag */
  | (Place & { readonly kind: 'tag'; readonly handle: string | null; readonly suffix: string })
  | (Place & { readonly kind: 'directive'; readonly directive: Directive })
  | (Place & { readonly kind: SymbolKind })

export type Directive =
  | { readonly name: 'YAML'; readonly major: number }
  | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string }
  | { readonly name: 'other' }

export type SymbolKind =
  | 'end'
  | 'document-start'
  | 'document-end'
  | 'block-map'
  | 'block-list'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'

export type TokenKind = Token['kind']
