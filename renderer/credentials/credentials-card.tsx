import { useState } from 'react'
import type { Credentials } from '../../shared/contract/setup.ts'
import { fingerprintWords } from '../../shared/fingerprint-words.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact, Facts } from '../design/facts.tsx'
import { shortPath } from '../design/figures.ts'
import { Fingerprint } from '../design/fingerprint.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { ShowInFolder } from '../layout/show-in-folder.tsx'
import { useWizard } from '../place/wizard.ts'
import { SaveCertificate, useSaveCertificate } from './save-certificate.tsx'

/** User, password, address, and what makes a client trust the node: one card. */
export function CredentialsCard({ credentials, shown, onToggle, onTaken }: { credentials: Credentials; shown: boolean; onToggle: () => void; onTaken: () => void }) {
  const { password } = credentials
  return (
    <section className="card credentials" aria-label="Credentials">
      <div className="credentials-key">
        <div className="credentials-who">
          <span className="small quiet">User</span>
          <span className="mono credentials-user">{credentials.username}</span>
        </div>
        <div className="grow">
          <span className="small quiet">Password</span>
          {password === null ? <p className="small">Firstnode does not have it: this node was configured earlier.</p> : <SecretValue what="Password" value={password} shown={shown} large />}
        </div>
        {password === null ? null : (
          <div className="fact-actions">
            <ShowButton what="password" shown={shown} onToggle={onToggle} />
            <CopyButton what="password" text={password} secret onCopied={onTaken} />
          </div>
        )}
      </div>
      <Facts>
        <Fact name="Address" actions={<CopyButton what="address" text={credentials.url} />}>
          <span className="mono">{credentials.url}</span>
        </Fact>
        <TrustFacts fingerprint={credentials.caFingerprint} caCertificate={credentials.caCertificate} caPem={credentials.caPem} />
      </Facts>
    </section>
  )
}

/** Fingerprint and certificate of the authority that signed the node's certificate. */
export function TrustFacts({ fingerprint, caCertificate, caPem }: { fingerprint: string; caCertificate: string; caPem: string }) {
  const [explained, setExplained] = useState(false)
  const { info } = useWizard()
  const saving = useSaveCertificate(caPem)
  return (
    <>
      <Fact name="CA fingerprint" actions={<CopyButton what="CA fingerprint" text={fingerprint} />}>
        <Fingerprint value={fingerprint} />
        <button type="button" className="plain link small quiet" aria-expanded={explained} onClick={() => setExplained(!explained)}>
          What is this?
        </button>
        {explained ? (
          <p className="small quiet explained">
            {fingerprintWords.what} {fingerprintWords.limit}
          </p>
        ) : null}
      </Fact>
      <Fact
        name="CA certificate"
        actions={
          <>
            <SaveCertificate saving={saving} />
            <ShowInFolder path={caCertificate} what="the CA certificate" />
            <CopyButton what="path of the CA certificate" text={caCertificate} />
          </>
        }
      >
        <span className="mono small">{shortPath(caCertificate, info.homeFolder, info.separator)}</span>
        <p className="small quiet" role="status">
          {saving.told}
        </p>
      </Fact>
    </>
  )
}
