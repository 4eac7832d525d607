import { useEffect, useState } from 'react'

/** The time (ms since 1970), told anew every `every` ms while `running`. */
export function useNow(every: number, running = true): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return undefined
    const tell = (): void => setNow(Date.now())
    // The last time may be of long ago, where it was not running since.
    const at = setTimeout(tell)
    const timer = setInterval(tell, every)
    return () => {
      clearTimeout(at)
      clearInterval(timer)
    }
  }, [every, running])
  return now
}
