/**
 * What the page and the browser host agree on beside the contract.
 *
 * The address a person opens is `http://127.0.0.1:PORT/#token=ONE_TIME_TOKEN`. The page takes the token out of the
 * address (`history.replaceState`), sends `POST /session` with `{"token": "…"}` and gets `{"key": "…"}` (200), or 401
 * where the token was used before, is too old or unknown. It keeps the key in `sessionStorage` and opens a WebSocket on
 * `/rpc` with the subprotocols `webSocketProtocols(key)`; the contract speaks over it. A browser does not tell a page why
 * a WebSocket was refused: `POST /session/check` with `Authorization: Bearer KEY` answers 204 where the key is good, 401
 * where it is not; no answer at all means that the host has ended.
 */
export const sessionPath = '/session'
export const sessionCheckPath = '/session/check'
export const rpcPath = '/rpc'

/** The name in the fragment of the address: `#token=…`. */
export const tokenName = 'token'

/** The one subprotocol that the host answers with; the key travels beside it and is never sent back. */
export const webSocketProtocol = 'firstnode'
const keyPrefix = 'firstnode.key.'

/** The subprotocols to open a WebSocket with. Keys are base64url, which a subprotocol may hold (RFC 6455, 4.1). */
export function webSocketProtocols(key: string): string[] {
  return [webSocketProtocol, `${keyPrefix}${key}`]
}

/** The key among the subprotocols offered (`Sec-WebSocket-Protocol`), or null. */
export function keyOfProtocols(header: string | undefined): string | null {
  const offered = (header ?? '').split(',').map((one) => one.trim())
  if (!offered.includes(webSocketProtocol)) return null
  const keys = offered.filter((one) => one.startsWith(keyPrefix))
  return keys.length === 1 ? (keys[0] ?? '').slice(keyPrefix.length) : null
}

/**
 * The build writes this where a nonce belongs, and every host puts a fresh one there for each page it gives. The page
 * reads it from `<meta property="csp-nonce">` (its `nonce` property) for the styles it makes itself.
 */
export const noncePlaceholder = 'FIRSTNODE-PAGE-NONCE'
