import type { ClientSnippets } from '../../shared/contract/clients.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'

export async function clientSnippetsOf(_target: NodeTarget | null, _asked: { url: string | undefined; keystorePassword: Secret | undefined }): Promise<ClientSnippets> {
  throw problem('unexpected', { what: 'The snippets are not there yet.' })
}
