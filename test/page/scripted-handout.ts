import type { Handout } from '../../engine/handout/handout.ts'
import { handoutFile } from '../../engine/handout/handout-file.ts'
import type { GitView } from '../../shared/contract/handout.ts'
import { Secret } from '../../shared/secret.ts'
import { envPreviewed } from '../cli/handout-answers.ts'
import * as answersOf from './scripted-answers.ts'
import type { scriptedImplementer } from './scripted-implementer.ts'

/** How a project stands to Git, and what was saved. */
export interface HandoutScript {
  git: GitView
  /** variables of the .env whose value is overwritten */
  replaces: string[]
  /** what was asked for, in order: formats, and `env` where one was written */
  readonly saved: string[]
}

export function handoutScript(): HandoutScript {
  return { git: 'open', replaces: [], saved: [] }
}

const saved: Handout = {
  url: 'https://localhost:9200',
  username: 'elastic',
  password: new Secret(answersOf.password),
  caFingerprint: answersOf.caFingerprint,
  caCertificate: `${answersOf.mainHome}/config/certs/http_ca.crt`,
  caPem: answersOf.caPem,
  clusterName: 'elasticsearch',
  token: null,
  clientCertificates: false,
}

/** The procedures of saving, played: the files are the real ones of a made-up node, a `.env` is only said to be written. `refuseLocked`: what a protected keystore answers. */
export function scriptedHandout(os: ReturnType<typeof scriptedImplementer>, script: HandoutScript, refuseLocked: (keystorePassword: string | undefined) => void) {
  return {
    file: os.handout.file.handler(({ input }) => {
      if (input.setupId === undefined) refuseLocked(input.keystorePassword)
      script.saved.push(input.format)
      const token = input.token === undefined ? null : { scope: input.token, token: answersOf.token, createdAt: Date.now(), expiresAt: Date.now() + 30 * 60_000 }
      return handoutFile({ ...saved, token }, { format: input.format, passphrase: input.passphrase === undefined ? undefined : new Secret(input.passphrase) })
    }),
    previewEnv: os.handout.previewEnv.handler(({ input }) => ({ ...(input.gitignore === true ? { ...envPreviewed(input.folder, 'open'), sentences: [...envPreviewed(input.folder, 'ignored').sentences, '.gitignore says from now on that Git leaves .env alone.'] } : envPreviewed(input.folder, script.git)), replaces: script.replaces })),
    applyEnv: os.handout.applyEnv.handler(() => {
      script.saved.push('env')
      const { file, sentences } = envPreviewed(`${answersOf.homeFolder}/app`, script.git)
      return { file, sentences }
    }),
  }
}
