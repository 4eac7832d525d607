import { Skeleton } from '@mantine/core'
import type { CertificatesState } from '../../shared/contract/certificates.ts'
import { useAsk } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { useTarget } from '../place/wizard.ts'
import { CertificateList } from './certificate-list.tsx'
import { RenewCertificate } from './renew-certificate.tsx'

/** The certificates of a node: opens by itself when one of them needs attention, or is being renewed. */
export function CertificatesFold() {
  const target = useTarget()
  const asked = useAsk(JSON.stringify(target), async (engine, signal) => {
    const [state, { workId }] = await Promise.all([
      engine.certificates.look({ target }, { signal }),
      engine.certificates.underWay(target, { signal }),
    ])
    return { state, workId }
  })
  const opens = asked.state === 'answered' && (asked.answer.state.findings.length > 0 || asked.answer.workId !== null)
  return (
    <Fold title="Certificates" hint={asked.state === 'answered' ? hintOf(asked.answer.state) : undefined} open={opens}>
      {asked.state === 'asking' ? <Skeleton height={160} radius="md" /> : null}
      {asked.state === 'refused' ? <Trouble problem={asked.problem} /> : null}
      {asked.state === 'answered' ? (
        <div className="stack">
          <CertificateList state={asked.answer.state} />
          <RenewCertificate
            underWay={asked.answer.workId}
            authority={asked.answer.state.findings.some(({ command }) => command === 'renew --ca')}
            onRenewed={asked.again}
          />
        </div>
      ) : null}
    </Fold>
  )
}

function hintOf({ findings, certificates }: CertificatesState): string {
  if (findings.length > 0)
    return findings.some(({ code }) => code === 'certificate_names_missing') && findings.length === 1
      ? 'a name or address is missing'
      : 'action needed'
  const own = certificates.find(({ layer, role }) => layer === 'http' && role === 'node')
  return own === undefined
    ? 'dates and renewal'
    : `HTTP certificate valid until ${new Date(own.validUntil).toISOString().slice(0, 10)}`
}
