import { setTimeout as pause } from 'node:timers/promises'
import { layWindowPrograms, personsFolder, processorTime, withWindow } from '../desktop-window.ts'
import type { Measure, Part } from '../part.ts'

/** ms after which an application that does nothing has come to rest */
const settling = 10_000
const minute = 60_000

export const idleWindowPart: Part = {
  name: 'idle-window',
  title: 'An idle minute of the desktop application',
  about: 'Processor time of all processes over a minute in which nobody does anything, beginning ten seconds after the first step could be used; as for the part `window`, on the same Electron by turns with a program that opens an empty window.',
  times: 1,
  open: async () => {
    const { desktop, ours, bare, close } = await layWindowPrograms()
    const folder = await personsFolder(desktop)
    const idle = (program: string, steps: boolean): Promise<number> =>
      withWindow(program, { desktop, folder: folder.path, steps }, async ({ pids }) => {
        await pause(settling)
        const family = await pids()
        const before = await processorTime(family)
        await pause(minute)
        return (await processorTime(family)) - before
      })
    const measures: Measure[] = [
      { id: 'bare', what: 'an empty window', unit: 'ms', take: () => idle(bare, false) },
      { id: 'ours', what: 'ours', unit: 'ms', goals: [{ most: 300, limit: 'What Electron itself does when idle (the row of the empty window).' }], take: () => idle(ours, true) },
    ]
    return {
      measures,
      close: async () => {
        await folder.remove()
        await close()
      },
    }
  },
}
