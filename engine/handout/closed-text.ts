import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { loadOpenPgp } from '../download/load-openpgp.ts'

/**
 * A text as an ASCII-armored OpenPGP message that `passphrase` opens, in every program that knows OpenPGP (`gpg --decrypt`). Problem: `passphrase_needed` where it is empty.
 */
export async function closedText(text: string, passphrase: Secret | undefined): Promise<string> {
  if (passphrase === undefined || passphrase.reveal() === '') throw problem('passphrase_needed', {})
  const { createMessage, encrypt, enums } = await loadOpenPgp()
  return encrypt({
    message: await createMessage({ text }),
    passwords: passphrase.reveal(),
    format: 'armored',
    // What GnuPG of today reads: AES-256 with an integrity check, and an iterated hash with as many rounds as it has.
    config: { aeadProtect: false, preferredSymmetricAlgorithm: enums.symmetric.aes256, s2kType: enums.s2k.iterated, s2kIterationCountByte: 255, showVersion: false, showComment: false },
  })
}
