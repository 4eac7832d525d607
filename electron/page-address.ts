/** Where the page is: the same build as in the browser host, given out by this process alone. */
export const pageScheme = 'app'
export const pageAddress = `${pageScheme}://firstnode/`
/** An origin of its own, with a policy that counts: no way around it, no `fetch`, no service workers. */
export const pagePrivileges = { standard: true, secure: true } as const

/** Is this an address of our own page? */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${pageScheme}:` && url.host === 'firstnode'
}
