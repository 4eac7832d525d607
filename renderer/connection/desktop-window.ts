/** What the desktop application puts into its window before the page: nothing but this. */
export interface DesktopWindow {
  /** The path of a file or folder that was dropped on the window; empty where it has none. */
  pathOf(file: File): string
}

/** Of the window this page is shown in; null in a browser, which tells no paths. */
export function desktopWindow(): DesktopWindow | null {
  const { firstnode } = globalThis as { firstnode?: DesktopWindow }
  return firstnode ?? null
}
