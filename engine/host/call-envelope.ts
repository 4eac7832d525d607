/** The envelope of oRPC's peer protocol as text: `i` numbers the call, `p` holds it. Hosts refuse anything else before oRPC stumbles over it. */
export function isCall(text: string): boolean {
  try {
    const message = JSON.parse(text) as unknown
    return typeof message === 'object' && message !== null && 'i' in message && typeof message.i === 'string'
  } catch {
    return false
  }
}
