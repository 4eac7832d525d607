import './copy-button.css'
import { useEffect, useState } from 'react'
import { useClipboard } from './clipboard.ts'
import { Icon } from './icon.tsx'

/** Copies `text` and says so in its own words. `what` completes its name ("Copy password"); `secret` where it is one. */
export function CopyButton({ what, text, secret = false, onCopied }: { what: string; text: string; secret?: boolean; onCopied?: () => void }) {
  const clipboard = useClipboard()
  const [answer, setAnswer] = useState<'none' | 'copied' | 'refused'>('none')
  useEffect(() => {
    if (answer === 'none') return undefined
    const timer = setTimeout(() => setAnswer('none'), 2600)
    return () => clearTimeout(timer)
  }, [answer])
  const press = async (): Promise<void> => {
    try {
      await clipboard.copy(text, secret ? what : undefined)
      setAnswer('copied')
      onCopied?.()
    } catch {
      setAnswer('refused')
    }
  }
  return (
    <button type="button" className="plain copy" data-answer={answer} onClick={() => void press()} aria-label={answer === 'none' ? `Copy ${what}` : undefined}>
      <Icon name={answer === 'copied' ? 'check' : 'copy'} size={14} />
      <span aria-live="polite">{answer === 'copied' ? 'Copied' : answer === 'refused' ? 'Not copied' : 'Copy'}</span>
    </button>
  )
}
