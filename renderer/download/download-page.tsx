import { Button } from '@mantine/core'
import type { DownloadWish } from '../../shared/contract/download.ts'
import type { Doing } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'
import { useWizard } from '../place/wizard.ts'
import { DownloadFields } from './download-fields.tsx'
import { placeFor } from './place-for.ts'
import { useDownload } from './use-download.ts'

/** Elasticsearch, from its makers: which, where to, and under which licence. */
export function DownloadPage({ begin, onLeave }: { begin: Doing<[wish: DownloadWish]>; onLeave: () => void }) {
  const { info } = useWizard()
  const download = useDownload('elasticsearch', null, placeFor(info))
  const { wish, version, choice, offer, askAgain } = download
  const words = choice.file.trim() === '' ? `Download Elasticsearch${version === null ? '' : ` ${version}`}` : 'Check and unpack the file'
  return (
    <Page
      title="Download Elasticsearch"
      lead="From Elastic, for this machine. It is checked by its SHA-512 and by Elastic's signature before it is unpacked."
      primary={
        wish === null && offer.state === 'refused'
          ? { words: 'Ask again', onPress: askAgain }
          : { words, onPress: () => wish !== null && begin.start(wish), disabled: wish === null, busy: begin.busy }
      }
      second={
        <Button variant="subtle" onClick={onLeave}>
          Back to the list
        </Button>
      }
    >
      {begin.problem === null ? null : <Trouble problem={begin.problem} />}
      <DownloadFields download={download} />
    </Page>
  )
}
