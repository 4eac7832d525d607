/** What desktops show of Firstnode, whatever it was packed as. */
export const presentation = {
  name: 'Firstnode',
  genericName: 'Elasticsearch setup wizard',
  comment: 'Set up a first Elasticsearch node with TLS and passwords',
  categories: ['Development', 'Database'],
  keywords: ['elasticsearch', 'elastic', 'kibana', 'search', 'database', 'setup', 'wizard', 'node', 'tls'],
  /** the class of its windows, which is the name of its entry as well */
  windowClass: 'firstnode',
} as const

/** A list as desktop entries write it: every item ends with a semicolon. */
export function entryList(items: readonly string[]): string {
  return items.map((item) => `${item};`).join('')
}

/** The desktop entry that starts `program`. */
export function desktopEntry(program: string): string {
  const { name, genericName, comment, categories, keywords, windowClass } = presentation
  return `[Desktop Entry]
Type=Application
Name=${name}
GenericName=${genericName}
Comment=${comment}
Exec=${program}
Icon=firstnode
Terminal=false
StartupNotify=true
StartupWMClass=${windowClass}
Categories=${entryList(categories)}
Keywords=${entryList(keywords)}
`
}
