import { problem } from '../../shared/problems/problem.ts'

/** An address with https, as somebody gave it. Problems: `url_not_https`; `url_with_account`, since an address is quoted where something fails. */
export function httpsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:') throw problem('url_not_https', { url: url === null ? 'What was given as --url' : url.origin })
  if (url.username !== '' || url.password !== '') throw problem('url_with_account', { url: url.origin })
  return url.href
}
