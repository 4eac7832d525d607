import { setTimeout as wait } from 'node:timers/promises'

/** `resource.reload.interval.high`: how often a node looks at its file realm. */
const lookedAtEveryMs = 5000

/**
 * Waits for any part of the time between two looks of a node at its file realm. A measure that ends with such a look would else have the next one begin just after it, and
 * wait the longest for its own.
 */
export async function atAnyMoment(): Promise<void> {
  await wait(Math.random() * lookedAtEveryMs)
}
