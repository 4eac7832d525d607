import { isOurPage } from './page-address.ts'

/** Is the sender our page itself: not a frame inside it, not another page, not a frame that is gone (null)? */
export function isPageItself(frame: { readonly url: string; readonly parent: object | null } | null): boolean {
  return frame !== null && frame.parent === null && isOurPage(frame.url)
}
