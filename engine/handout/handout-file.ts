import type { HandoutFile, HandoutFormat } from '../../shared/contract/handout.ts'
import type { Secret } from '../../shared/secret.ts'
import { closedText } from './closed-text.ts'
import type { Handout } from './handout.ts'
import { passwordCsv } from './password-csv.ts'
import { clientCertificateWords } from '../setup/client-snippets.ts'
import { plainText } from './plain-text.ts'

/** What was gathered as a file in the format that was asked for. Problem: `passphrase_needed`. */
export async function handoutFile(handout: Handout, { format, passphrase }: { format: HandoutFormat; passphrase?: Secret | undefined }, now = new Date()): Promise<HandoutFile> {
  const untried = 'The node does not answer, so the password could not be tried: it is saved as it was given.'
  const notes = [
    ...(handout.clusterName === null ? [untried] : []),
    ...(handout.clientCertificates ? [clientCertificateWords()] : []),
  ]
  if (format === 'plain') return { name: 'elasticsearch-access.txt', type: 'text/plain', text: plainText(handout, now), notes: [...notes, 'Anybody who can read the file has the password.'] }
  if (format === 'openpgp')
    return { name: 'elasticsearch-access.txt.asc', type: 'application/pgp-encrypted', text: await closedText(plainText(handout, now), passphrase), notes: [...notes, 'Open it with its passphrase: gpg --decrypt FILE'] }
  return { name: `elasticsearch-${format}.csv`, type: 'text/csv', text: passwordCsv(format, handout), notes: [...notes, 'Import it, then delete the file: nothing in it is encrypted.'] }
}
