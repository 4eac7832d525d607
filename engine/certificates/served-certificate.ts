import type { X509Certificate } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { connectionProblem } from '../cluster/client-errors.ts'
import { openTls, peerOf } from '../enroll/tls-socket.ts'
import { toPem } from '../security/certificates.ts'

const handshakeWithinMs = 5000
const provedWithinMs = 15_000
const everyMs = 200

/** The certificate (DER) that a node shows at `url`, whoever issued it; null where it shows none. */
export async function servedCertificate(
  url: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<Buffer | null> {
  try {
    const socket = await openTls({ peer: peerOf(new URL(url).host), caPem: null, signal, withinMs: handshakeWithinMs })
    const { raw } = socket.getPeerCertificate()
    socket.destroy()
    return raw ?? null
  } catch {
    return null
  }
}

/** Waits until the node at `url` shows this certificate (DER), and says whether it did within `forMs`. */
export async function untilServed(
  url: string,
  certificate: Uint8Array,
  { forMs, signal }: { forMs: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  const began = Date.now()
  for (;;) {
    if ((await servedCertificate(url, signal))?.equals(certificate) === true) return true
    if (signal?.aborted === true || Date.now() - began > forMs) return false
    await wait(everyMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
}

/** Problem: `certificate_…` where a client that holds this CA does not accept the node at `url`. */
export async function refuseUnaccepted(url: string, ca: X509Certificate, signal: AbortSignal): Promise<void> {
  const asked = { peer: peerOf(new URL(url).host), caPem: toPem(ca.raw), signal, withinMs: provedWithinMs }
  const socket = await openTls(asked).catch((thrown: Error) => {
    signal.throwIfAborted()
    const told = connectionProblem(thrown, { url })
    // What it serves was seen already; a node that wants a certificate of its clients may hang up.
    if (told.code.startsWith('certificate_')) throw told
    return null
  })
  socket?.destroy()
}
