import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { counted } from '../design/sentences.ts'
import { type KeptLog, rowsInSight } from './kept-log.ts'

const row = 20

/** The log, only the lines in sight drawn. It follows its end until somebody scrolls up, and goes to the line that explains a failure. */
export function LogView({ log }: { log: KeptLog }) {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ scrollTop: 0, height: 300 })
  const following = useRef(true)
  const { lines, dropped } = log
  const height = lines.length * row
  const explaining = lines.findIndex(({ explains }) => explains)

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    if (explaining >= 0) element.scrollTop = Math.max(0, (explaining - 1) * row)
    else if (following.current) element.scrollTop = height
  }, [height, explaining])
  useEffect(() => {
    const element = box.current
    if (element !== null) setView({ scrollTop: element.scrollTop, height: element.clientHeight })
  }, [])

  const scrolled = (): void => {
    const element = box.current
    if (element === null) return
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < row * 2
    setView({ scrollTop: element.scrollTop, height: element.clientHeight })
  }
  const { from, to } = rowsInSight({ ...view, row, count: lines.length })
  return (
    <div>
      {dropped === 0 ? null : <p className="log-dropped small quiet">{counted(dropped, 'older line')} left out here; the file of the log holds all of them.</p>}
      <div ref={box} className="log mono" onScroll={scrolled} role="region" aria-label="Log of the node" tabIndex={0}>
        <div className="log-rows" style={{ height }}>
          {lines.slice(from, to).map((line, index) => (
            <div key={from + index} className="log-line" data-level={line.level} data-explains={line.explains} style={{ top: (from + index) * row }}>
              <span className="log-at">{new Date(line.at).toTimeString().slice(0, 8)}</span>
              <span className="log-level">{line.level}</span>
              <span>{line.text}</span>
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
