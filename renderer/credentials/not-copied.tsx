import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/CloseButton.css'
import { Button, Modal } from '@mantine/core'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'

/** Asked once, where nothing was shown or copied: is the password really with somebody? */
export function NotCopied({ onCopy, onLeave, onStay }: { onCopy: () => Promise<void>; onLeave: () => void; onStay: () => void }) {
  const copy = useDo(onCopy)
  return (
    <Modal opened onClose={onStay} title="Leave without the password?" centered size={460} transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p>You have not shown or copied it yet. Nobody can look it up later; you would have to set a new one.</p>
        {copy.problem === null ? null : <Trouble problem={{ message: 'The password could not be copied.', remedy: 'Show the password and write it down.' }} />}
        <div className="row wrap">
          <Button data-autofocus onClick={copy.start} loading={copy.busy}>
            Copy the password
          </Button>
          <Button variant="subtle" onClick={onLeave}>
            Leave without it
          </Button>
        </div>
      </div>
    </Modal>
  )
}
