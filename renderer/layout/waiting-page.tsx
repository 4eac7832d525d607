import { Skeleton } from '@mantine/core'
import { Page } from './page.tsx'

/** What is under way, in words, above the shape of what will come. */
export function WaitingPage({ title, lead }: { title: string; lead?: string }) {
  return (
    <Page title={title} {...(lead === undefined ? {} : { lead })}>
      <div className="stack" aria-busy="true">
        <Skeleton height={64} radius="md" />
        <Skeleton height={64} radius="md" />
        <Skeleton height={64} radius="md" />
      </div>
    </Page>
  )
}
