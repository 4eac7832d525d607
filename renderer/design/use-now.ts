import { useEffect, useState } from 'react'

/** The time (ms since 1970), told anew every `every` ms while `running`. */
export function useNow(every: number, running = true): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every, running])
  return now
}
