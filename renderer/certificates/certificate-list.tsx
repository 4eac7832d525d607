import './certificates.css'
import type { CertificatesState, CertificateView } from '../../shared/contract/certificates.ts'
import { Fact, Facts } from '../design/facts.tsx'
import { shortPath } from '../design/figures.ts'
import { StateMark, StateWord } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { useWizard } from '../place/wizard.ts'

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Every certificate of a node with its end and its file, and what to do about them. */
export function CertificateList({ state }: { state: CertificatesState }) {
  const { certificates, served, findings, unreadable } = state
  return (
    <section className="card certificates stack" aria-label="Certificates">
      {findings.map(({ code, message, remedy, command }) => (
        <div key={`${code} ${message}`} className="certificate-finding" role="status">
          <StateMark state="heed" words="Needs attention" />
          <div className="grow stack tight">
            <p>{message}</p>
            {command === null ? <p className="quiet small">{remedy}</p> : null}
          </div>
        </div>
      ))}
      {unreadable.map((problem) => (
        <Trouble key={problem.message} problem={problem} />
      ))}
      {certificates.length === 0 ? null : (
        <Facts>
          {certificates.map((one) => (
            <Certificate key={`${one.layer} ${one.fingerprint}`} certificate={one} />
          ))}
          {served === null ? null : (
            <Fact name="Served now">
              {served.asOnDisk === false ? (
                <StateWord state="heed">{`another certificate, valid until ${day(served.validUntil)}`}</StateWord>
              ) : served.asOnDisk === true ? (
                'the HTTP certificate above'
              ) : (
                `valid until ${day(served.validUntil)}`
              )}
            </Fact>
          )}
        </Facts>
      )}
    </section>
  )
}

function Certificate({ certificate }: { certificate: CertificateView }) {
  const { info } = useWizard()
  const now = useNow(60_000)
  const { layer, role, validUntil, serial, path } = certificate
  const name = `${layer === 'http' ? 'HTTP' : 'Transport'}${role === 'authority' ? ' CA' : ''}`
  return (
    <Fact name={name}>
      {validUntil <= now ? (
        <StateWord state="bad">{`expired on ${day(validUntil)}`}</StateWord>
      ) : (
        <>valid until {day(validUntil)}</>
      )}
      <p className="mono small quiet certificate-detail">
        {shortPath(path, info.homeFolder, info.separator)}
        <br />
        {serial}
      </p>
    </Fact>
  )
}
