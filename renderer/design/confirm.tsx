import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/CloseButton.css'
import './confirm.css'
import { Button, Modal } from '@mantine/core'

/**
 * Asked before something is taken away: what goes, in sentences; the safe answer has the focus and comes last in the row, and Escape gives it as well. `words`: what the press does.
 */
export function Confirm({ title, sentences, words, safe = 'Cancel', busy, onConfirm, onLeave }: {
  title: string
  sentences: readonly string[]
  words: string
  safe?: string
  busy: boolean
  onConfirm: () => void
  onLeave: () => void
}) {
  return (
    <Modal opened onClose={onLeave} title={title} centered size={560} transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <ul className="stack tight" aria-label="What will happen">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <div className="row wrap confirm-foot">
          <Button className="destructive" variant="default" loading={busy} onClick={onConfirm}>
            {words}
          </Button>
          <Button data-autofocus variant="default" onClick={onLeave}>
            {safe}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
