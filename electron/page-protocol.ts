import { protocol, session } from 'electron'
import type { Page } from '../engine/host/page.ts'
import { isOurPage, pagePrivileges, pageScheme } from './page-address.ts'
import { answerPage } from './page-answer.ts'

/** Makes `app://` an origin of its own, with a policy that counts. Before the application is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: pagePrivileges }])
}

/** Gives the page out, and lets the window reach nothing else. */
export function servePage(page: Page): void {
  protocol.handle(pageScheme, (request) => answerPage(page, request))
  refuseRemote()
}

/** Nothing is loaded from anywhere but this process, whoever asks for it; DevTools, where they may open, are a part of Electron. */
function refuseRemote(): void {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOurPage(url) && !url.startsWith('devtools://') }))
}
