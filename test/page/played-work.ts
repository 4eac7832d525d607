import { setTimeout as pause } from 'node:timers/promises'
import type { Work } from '../../engine/work/live-work.ts'
import * as answersOf from './scripted-answers.ts'

/** Makes a home in ten steps, each as long as `pace` says then (ms). */
export function making(pace: () => number, text: string, total: number, unit: 'bytes' | 'files', home: string): Work {
  return async ({ signal, onProgress }) => {
    for (let done = 0; done <= 10; done += 1) {
      onProgress({ text, done: Math.round((total * done) / 10), total, unit })
      await pause(pace(), undefined, { signal })
    }
    return { home }
  }
}

/** Undoes a set-up in three steps; only the first can be cancelled. */
export function undoing(pace: () => number): Work {
  return async ({ signal, onProgress }) => {
    for (const [done, text] of ['Asking the cluster whether it holds anything but its own indices', 'Stopping the node', 'Putting back what the set-up had changed'].entries()) {
      onProgress({ text, done, total: 3, unit: 'steps' })
      await pause(pace(), undefined, done === 0 ? { signal } : {})
    }
    return { sentences: ['The node "search-01" (process 48213) was stopped.', 'Its data was deleted, after the cluster had shown that it held nothing but Elasticsearch\'s own indices.', `${answersOf.mainHome}/config/elasticsearch.yml was put back as it was before.`] }
  }
}
