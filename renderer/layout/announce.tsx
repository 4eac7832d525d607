import { createContext, use } from 'react'

/** Says a sentence to whoever listens instead of looking. */
export const AnnounceContext = createContext<(sentence: string) => void>(() => undefined)

export function useAnnounce(): (sentence: string) => void {
  return use(AnnounceContext)
}
