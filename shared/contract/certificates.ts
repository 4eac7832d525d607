import { z } from 'zod'
import { changeView } from './setup.ts'
import { nodeTarget, problemView } from './target.ts'

/** A certificate that the settings of a node refer to. Times in ms since 1970. */
export const certificateView = z.object({
  layer: z.enum(['http', 'transport']),
  /** `node`: shown by this node; `authority`: above it in the chain */
  role: z.enum(['node', 'authority']),
  subject: z.string(),
  issuer: z.string(),
  /** host names and IP addresses */
  names: z.array(z.string()),
  validFrom: z.number(),
  validUntil: z.number(),
  /** hex, upper case, as OpenSSL prints it */
  serial: z.string(),
  /** SHA-256 of its DER, lower-case hex */
  fingerprint: z.string(),
  /** the file it was read from */
  path: z.string(),
  stored: z.enum(['store', 'pem']),
})
export type CertificateView = z.infer<typeof certificateView>

/** Something about a certificate that the user should act on: the words of its problem. */
export const certificateFinding = problemView.omit({ detail: true, field: true }).extend({
  /** the command (without its target) that fixes it; null where Firstnode cannot */
  command: z.string().nullable(),
})
export type CertificateFinding = z.infer<typeof certificateFinding>

/** All certificates of a node, and what to do about them. */
export const certificatesState = z.object({
  target: nodeTarget,
  /** read from the files; those of a layer without TLS, or that cannot be read, are missing */
  certificates: z.array(certificateView),
  /**
   * what the running node shows to clients; null where it shows nothing. `asOnDisk`: null where the file cannot be
   * read
   */
  served: z
    .object({ serial: z.string(), fingerprint: z.string(), validUntil: z.number(), asOnDisk: z.boolean().nullable() })
    .nullable(),
  /** why the certificates of a layer could not be read */
  unreadable: z.array(problemView),
  /** names and addresses of this machine that the HTTP certificate lacks */
  missingNames: z.array(z.string()),
  findings: z.array(certificateFinding),
})
export type CertificatesState = z.infer<typeof certificatesState>

/** `san`: host names and IP addresses to add. `authority`: the CA certificate as well. */
export const renewalWish = z.object({
  target: nodeTarget,
  authority: z.boolean().optional(),
  san: z.array(z.string().max(1000)).max(1000).optional(),
  keystorePassword: z.string().optional(),
})

/** A renewal, before it is done. Times in ms since 1970. */
export const renewalPreview = z.object({
  /** for `renew` */
  planId: z.string(),
  target: nodeTarget,
  /** the keystore that is replaced */
  path: z.string(),
  /** every name and address of the new certificate */
  names: z.array(z.string()),
  /** those that the old one did not have */
  added: z.array(z.string()),
  oldUntil: z.number(),
  newUntil: z.number(),
  /** `running`: it loads the new certificate by itself, in `loadsWithin` ms; `restart`: its settings switch that off */
  node: z.enum(['stopped', 'running', 'restart']),
  loadsWithin: z.number(),
  changes: z.array(changeView),
  /** the CA certificate, where it is issued again; null where it stays */
  authority: z
    .object({
      path: z.string(),
      oldUntil: z.number(),
      newUntil: z.number(),
      oldFingerprint: z.string(),
      newFingerprint: z.string(),
      /** Kibanas on this machine that are connected by the old one: by its fingerprint, or with a copy of it */
      kibanas: z.array(
        z.object({
          home: z.string(),
          settingsFile: z.string(),
          fingerprint: z.boolean(),
          copy: z.string().nullable(),
          /** Firstnode changes it along; else the user must */
          changed: z.boolean(),
        }),
      ),
    })
    .nullable(),
})
export type RenewalPreview = z.infer<typeof renewalPreview>

/** Undoing the newest renewal, before it is done. */
export const renewalUndo = z.object({
  target: nodeTarget,
  restored: z.array(z.string()),
  kept: z.array(z.object({ path: z.string(), reason: z.string() })),
  node: z.enum(['stopped', 'running', 'restart']),
  /** Kibanas that the renewal changed, and which of their files are restored */
  kibanas: z.array(z.object({ home: z.string(), restored: z.array(z.string()) })),
})
export type RenewalUndo = z.infer<typeof renewalUndo>

export const certificatesWish = z.object({ target: nodeTarget, keystorePassword: z.string().optional() })
