import { Button } from '@mantine/core'
import type { DownloadWish } from '../../shared/contract/download.ts'
import type { Doing } from '../connection/use-ask.ts'
import { Page } from '../layout/page.tsx'
import { useWizard } from '../place/wizard.ts'
import { DownloadFields } from './download-fields.tsx'
import { placeFor } from './place-for.ts'
import { useDownload } from './use-download.ts'

/** Elasticsearch, from its makers: which, where to, and under which licence. */
export function DownloadPage({ begin, onLeave }: { begin: Doing<[wish: DownloadWish]>; onLeave: () => void }) {
  const { info } = useWizard()
  const download = useDownload('elasticsearch', null, placeFor(info), begin.problem)
  const { wish, version, choice, errors, offer, askAgain } = download
  const words = choice.file.trim() === '' ? `Download Elasticsearch${version === null ? '' : ` ${version}`}` : 'Check and unpack the file'
  return (
    <Page
      title="Download Elasticsearch"
      lead="From Elastic, for this machine. Firstnode checks its SHA-512 and Elastic's signature before unpacking it."
      primary={
        wish === null && offer.state === 'refused'
          ? { words: 'Try again', onPress: askAgain }
          : { words, onPress: () => errors.press(() => wish !== null && begin.start(wish)), waiting: wish === null && offer.state === 'asking', busy: begin.busy }
      }
      second={
        <Button variant="subtle" onClick={onLeave}>
          Back to the list
        </Button>
      }
    >
      <DownloadFields download={download} />
    </Page>
  )
}
