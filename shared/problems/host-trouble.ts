/** Why a host that a setting names cannot be used on this machine. */
export type HostTrouble =
  | { readonly kind: 'unknown-name' }
  | { readonly kind: 'not-here' }
  | { readonly kind: 'name-not-here'; readonly address: string }
  | { readonly kind: 'name-is-loopback'; readonly addresses: readonly string[] }
  | { readonly kind: 'multicast' }
  | { readonly kind: 'no-interface'; readonly name: string }
  | { readonly kind: 'no-family'; readonly name: string; readonly family: 4 | 6 }
  | { readonly kind: 'no-such-address'; readonly scope: 'local' | 'site' | 'global'; readonly family: 4 | 6 | null }
  | { readonly kind: 'no-plugin'; readonly plugin: string }

/** The trouble as a clause that follows a colon. */
export function wordsOfHostTrouble(trouble: HostTrouble): string {
  switch (trouble.kind) {
    case 'unknown-name':
      return 'no address is known for that name'
    case 'not-here':
      return 'this machine has no such address'
    case 'name-not-here':
      return `the name resolves to ${trouble.address}, which is not an address of this machine`
    case 'name-is-loopback':
      return `the name resolves to ${trouble.addresses.join(' and ')} here, which other machines cannot reach`
    case 'multicast':
      return 'it is a multicast address, which nothing can bind to'
    case 'no-interface':
      return `there is no network interface ${trouble.name} that is up and has an address`
    case 'no-family':
      return `the network interface ${trouble.name} has no IPv${trouble.family} address`
    case 'no-such-address':
      return `this machine has no ${scopes[trouble.scope]} ${trouble.family === null ? 'address' : `IPv${trouble.family} address`}`
    default:
      return `only the plugin ${trouble.plugin} can resolve it, and it is not installed`
  }
}

const scopes = { local: 'loopback', site: 'private', global: 'public' } as const
