import { z } from 'zod'
import { changeView } from './setup.ts'

/** As what everything is saved: for people, closed with a passphrase, or for a password manager to import. */
export const handoutFormat = z.enum(['plain', 'openpgp', '1password', 'bitwarden', 'keepass'])
export type HandoutFormat = z.infer<typeof handoutFormat>

/** What is saved, beside of whom: who asks is told as everywhere (`setupId`, or a password). */
export const handoutWish = {
  format: handoutFormat,
  /** what an OpenPGP file is closed with */
  passphrase: z.string().min(1).max(1000).optional(),
  /** an enrollment token with it, made now; none without being asked */
  token: z.enum(['node', 'kibana']).optional(),
  /** of a protected elasticsearch.keystore, without which the certificate authority cannot be read */
  keystorePassword: z.string().optional(),
}

/** A file as it is to be saved. It carries secrets: ask for it when it is saved, and keep it no longer. */
export const handoutFile = z.object({
  /** a name to propose, without a folder */
  name: z.string(),
  /** its media type */
  type: z.string(),
  text: z.string(),
  /** what somebody should know who saves it */
  notes: z.array(z.string()),
})
export type HandoutFile = z.infer<typeof handoutFile>

export const envWish = {
  /** the folder of the project, absolute */
  folder: z.string().min(1),
  /** also add `.env` to the folder's .gitignore, where Git would take the file in */
  gitignore: z.boolean().optional(),
  keystorePassword: z.string().optional(),
}

/**
 * Whether Git would take a project's `.env` in. `none`: no repository; `ignored`: it will not; `open`: the next `git add` takes it in; `tracked`: it is in already;
 * `unknown`: there is a repository and no Git to ask.
 */
export const gitView = z.enum(['none', 'ignored', 'open', 'tracked', 'unknown'])
export type GitView = z.infer<typeof gitView>

export const envPreview = z.object({
  /** null where nothing is to be written: it says all this already */
  planId: z.string().nullable(),
  file: z.string(),
  git: gitView,
  sentences: z.array(z.string()),
  /** variables whose value in the file is replaced; Firstnode keeps no copy of it */
  replaces: z.array(z.string()),
  changes: z.array(changeView),
})
export type EnvPreview = z.infer<typeof envPreview>

export const envDone = z.object({ file: z.string(), sentences: z.array(z.string()) })
export type EnvDone = z.infer<typeof envDone>
