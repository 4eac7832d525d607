import { vendorLicence } from '../shared/vendor-licence.ts'

/** What may be opened in the person's own browser: these, and what lies below them. Nothing else leaves the application. */
export const outsideLinks = {
  documentation: 'https://www.elastic.co/docs/',
  guide: 'https://www.elastic.co/guide/',
  downloads: 'https://www.elastic.co/downloads/',
  licence: vendorLicence.address,
} as const

/** May this address be opened outside: https, whatever the table says, without an account in it, and in the table? */
export function mayOpenOutside(address: string, table: Readonly<Record<string, string>> = outsideLinks): boolean {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  return Object.values(table).some((allowed) => url.href.startsWith(allowed))
}
