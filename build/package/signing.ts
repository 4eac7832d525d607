/** Who signs, by what the environment holds. Nothing of it is ever printed. */
export interface Signing {
  /** a certificate of Apple's is there; else the application is signed ad hoc, which Apple's processors ask of every program */
  readonly apple: boolean
  /** Apple is asked to look at the application as well, so that Gatekeeper opens it without a warning */
  readonly notarized: boolean
  readonly windows: 'certificate' | AzureSigning | null
}

/** An account of Azure Trusted Signing; how to log in to it is in variables that Microsoft's own tool reads. */
export interface AzureSigning {
  readonly endpoint: string
  readonly codeSigningAccountName: string
  readonly certificateProfileName: string
  readonly publisherName: string
}

/** What each way of notarising needs, all of it. */
const notarising = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
] as const
const azure = ['AZURE_SIGNING_ENDPOINT', 'AZURE_SIGNING_ACCOUNT', 'AZURE_SIGNING_PROFILE', 'AZURE_SIGNING_PUBLISHER', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'] as const
const certificates = ['CSC_LINK', 'CSC_KEY_PASSWORD', 'CSC_NAME', 'WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'] as const

/** Everything about signing that the environment may hold. */
export const signingVariables: readonly string[] = [...certificates, ...notarising.flat(), ...azure]

/**
 * Reads who signs. An empty variable is an absent one: that is how a workflow without the secret sees it. Throws where a way of signing is
 * begun and not whole, so that nobody takes an unsigned build for a signed one.
 */
export function signingOf(env: NodeJS.ProcessEnv): Signing {
  const has = (name: string) => (env[name] ?? '') !== ''
  const whole = (names: readonly string[]) => {
    const missing = names.filter((name) => !has(name))
    if (missing.length === names.length) return false
    if (missing.length > 0) throw new Error(`${names.filter(has).join(', ')} ${missing.length === names.length - 1 ? 'is' : 'are'} set, and ${missing.join(', ')} missing: set all of them, or none for an unsigned build.`)
    return true
  }
  const apple = has('CSC_LINK') ? whole(['CSC_LINK', 'CSC_KEY_PASSWORD']) : has('CSC_NAME')
  const notarized = notarising.map(whole).includes(true)
  if (notarized && !apple) throw new Error('Apple looks only at what is signed: set CSC_LINK and CSC_KEY_PASSWORD, or leave out what notarising needs.')
  return { apple, notarized, windows: whole(azure) ? azureOf(env) : whole(['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD']) ? 'certificate' : null }
}

/** Takes the empty ones out of an environment: the builder would take them for files. */
export function dropEmpty(env: NodeJS.ProcessEnv): void {
  for (const name of signingVariables) if (env[name] === '') delete env[name]
}

function azureOf(env: NodeJS.ProcessEnv): AzureSigning {
  const value = (name: (typeof azure)[number]) => env[name] ?? ''
  return {
    endpoint: value('AZURE_SIGNING_ENDPOINT'),
    codeSigningAccountName: value('AZURE_SIGNING_ACCOUNT'),
    certificateProfileName: value('AZURE_SIGNING_PROFILE'),
    publisherName: value('AZURE_SIGNING_PUBLISHER'),
  }
}
