import { createContext, use } from 'react'

/** What the dialog shows. */
export type AboutTab = 'about' | 'licences' | 'diagnostics'

/** Opens the dialog that tells what this is; null closes it. */
export const AboutContext = createContext<(tab: AboutTab | null) => void>(() => undefined)

export function useAbout(): (tab: AboutTab | null) => void {
  return use(AboutContext)
}
