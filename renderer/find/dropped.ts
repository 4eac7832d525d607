/** What was dropped, as far as the page sees it before its path is known. */
export interface DroppedItem {
  readonly name: string
  readonly folder: boolean
}

/** A folder is taken for a home (the check tells whether it is one), an archive is unpacked; anything else, or several at once, is refused. */
export function whatWasDropped(items: readonly DroppedItem[]): 'home' | 'archive' | 'several' | 'other' {
  const [item] = items
  if (item === undefined) return 'other'
  if (items.length > 1) return 'several'
  if (item.folder) return 'home'
  return /\.(tar\.gz|tgz|zip)$/i.test(item.name) ? 'archive' : 'other'
}
