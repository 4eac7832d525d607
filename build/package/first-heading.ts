import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

const pages = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string().optional() }))
const evaluated = z.object({ result: z.object({ result: z.object({ value: z.string() }) }) })

/**
 * The first heading that a page shows, asked of a running Chromium (`http://127.0.0.1:PORT`) by its own debugger. Looks until there is one, or
 * rejects when `signal` aborts.
 */
export async function firstHeading(chromium: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    const heading = await headingNow(chromium, signal)
    if (heading !== '') return heading
    await pause(100, undefined, { signal })
  }
}

async function headingNow(chromium: string, signal: AbortSignal): Promise<string> {
  return evaluateInPage(chromium, 'document.querySelector("h1")?.textContent ?? ""', signal)
}

/** The text that an expression gives in the page of a running Chromium; empty where there is no page to evaluate it in yet. */
export async function evaluateInPage(chromium: string, expression: string, signal: AbortSignal): Promise<string> {
  const open = pages.parse(await (await fetch(`${chromium}/json/list`, { signal })).json()).filter(({ type, url }) => type === 'page' && url !== 'about:blank')
  const address = open[0]?.webSocketDebuggerUrl
  return address === undefined ? '' : evaluate(address, expression, signal)
}

async function evaluate(address: string, expression: string, signal: AbortSignal): Promise<string> {
  const socket = new WebSocket(address)
  try {
    await once(socket, 'open', { signal })
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }))
    const [message] = (await once(socket, 'message', { signal })) as [MessageEvent<string>]
    const answer = evaluated.safeParse(JSON.parse(message.data))
    // A page that is just coming up has nothing to evaluate in yet.
    return answer.success ? answer.data.result.result.value : ''
  } finally {
    socket.close()
  }
}
