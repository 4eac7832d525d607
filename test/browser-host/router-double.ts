import { ORPCError, os } from '@orpc/server'
import { z } from 'zod'

/** What the doubles of a stream and of long work saw happen. */
export interface Seen {
  /** how many events the endless stream has made */
  made: number
  /** the streams and calls that were ended from outside */
  aborted: number
}

/** A named double of the engine's router: enough of each kind of procedure to prove that a host carries all of them. */
export function routerDouble() {
  const seen: Seen = { made: 0, aborted: 0 }
  const router = {
    echo: os.input(z.object({ text: z.string() })).handler(({ input }) => input.text),
    refuse: os
      .errors({ PROBLEM: { data: z.object({ code: z.string(), message: z.string(), remedy: z.string(), detail: z.string().nullable() }) } })
      .handler(({ errors }) => {
        throw errors.PROBLEM({ message: 'Taken.', data: { code: 'busy', message: 'Taken.', remedy: 'Wait.', detail: null } })
      }),
    crash: os.handler(() => {
      throw new Error('the password is hunter2')
    }),
    count: os.input(z.object({ to: z.number() })).handler(async function* ({ input }) {
      for (let n = 1; n <= input.to; n += 1) yield n
    }),
    endless: os.input(z.object({ padding: z.number() })).handler(async function* ({ input, signal }) {
      try {
        for (;;) {
          if (signal?.aborted) return
          seen.made += 1
          yield { n: seen.made, padding: 'x'.repeat(input.padding) }
          await new Promise((resolve) => setImmediate(resolve))
        }
      } finally {
        seen.aborted += 1
      }
    }),
    wait: os.handler(
      ({ signal }) =>
        new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () => {
            seen.aborted += 1
            reject(new ORPCError('CLIENT_CLOSED_REQUEST'))
          })
        }),
    ),
  }
  return { router, seen }
}
