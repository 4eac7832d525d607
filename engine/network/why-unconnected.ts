const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'its name cannot be looked up now',
  EAI_FAIL: 'its name cannot be looked up',
  EINVAL: 'it is not an address to connect to',
  EADDRNOTAVAIL: 'it is not an address to connect to',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'no route to it from this machine',
  EHOSTDOWN: 'no route to it from this machine',
  ENETUNREACH: 'no route to it from this machine',
  ENETDOWN: 'the network is down',
  EACCES: 'this machine does not allow the connection',
  EPERM: 'this machine does not allow the connection',
  ECONNRESET: 'it closes the connection',
  ECONNABORTED: 'it closes the connection',
  EPIPE: 'it closes the connection',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ERR_SOCKET_BAD_PORT: 'its port is not a number from 1 to 65535',
  ERR_INVALID_URL: 'its address is not valid',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it asks for a client certificate',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'it refuses the TLS handshake',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it speaks another version of TLS',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it speaks another version of TLS',
  HPE_HEADER_OVERFLOW: 'its answer is too long',
}

/** Why no connection came about, in words of our own that go on a sentence about the peer. */
export class Unconnected extends Error {}

/**
 * Why no connection came about, as a clause: by the code of Node, OpenSSL or the system. Their own words name calls and source
 * files, and are no help to a person; they belong into a problem's detail.
 */
export function whyUnconnected(thrown: unknown): string {
  if (thrown instanceof Unconnected) return thrown.message
  const { code, message } = rootCause(thrown)
  const known = plainWords[code]
  if (known !== undefined) return known
  if (code.startsWith('HPE_')) return 'it does not answer in HTTP'
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || message.includes('SSL routines')) return 'the TLS handshake fails'
  if (code.includes('ALTNAME_INVALID')) return 'its certificate is for another name'
  if (/^UNABLE_TO_|SELF_SIGNED|^CERT_|^INVALID_CA$/.test(code)) return 'its certificate is not trusted'
  if (/disconnected before secure TLS connection|socket hang up|other side closed/.test(message)) return 'it closes the connection'
  return code === '' || code.startsWith('ERR_') ? 'the connection fails' : `the connection fails (${code})`
}

/** Of what was thrown, what caused it: of several addresses that were tried the first. Some libraries keep the code in the message alone. */
export function rootCause(thrown: unknown): { readonly code: string; readonly message: string } {
  if (!(thrown instanceof Error)) return { code: '', message: String(thrown) }
  if (thrown instanceof AggregateError && thrown.errors[0] instanceof Error) return rootCause(thrown.errors[0])
  if (thrown.cause instanceof Error) return rootCause(thrown.cause)
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : (/\b(E[A-Z]{4,})\b/.exec(thrown.message)?.[1] ?? '')
  return { code, message: thrown.message }
}
