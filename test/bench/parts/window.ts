import { setTimeout as pause } from 'node:timers/promises'
import { forgetFiles, layWindowPrograms, personsFolder, proportionalMemory, withWindow, type Opened } from '../desktop-window.ts'
import type { Measure, Part } from '../part.ts'

/** ms after which an application that does nothing has come to rest */
const settling = 10_000

export const windowPart: Part = {
  name: 'window',
  title: 'The window of the desktop application',
  about:
    'On Electron 25.1.1 under Xvfb, as an ordinary account with the sandbox of the system; beside it, by turns, a program of two lines that opens an empty window on the same Electron. From the start of the process to the first paint, as the page itself says, and until the primary button of the first step can be pressed. Cold: with its files not in memory, and a person who never started it; warm: started before. Memory is that of all processes, shared pages divided among them (PSS), once the window has been idle for ten seconds. 1 MB is 1,000,000 bytes.',
  times: 2,
  open: async () => {
    const programs = await layWindowPrograms()
    const { desktop, ours, bare } = programs
    const warm = { ours: await personsFolder(desktop), bare: await personsFolder(desktop) }
    const start = <T>(which: 'ours' | 'bare', use: (opened: Opened) => Promise<T>, folder = warm[which].path): Promise<T> =>
      withWindow(which === 'ours' ? ours : bare, { desktop, folder, steps: which === 'ours' }, use)
    const cold = async <T>(which: 'ours' | 'bare', use: (opened: Opened) => Promise<T>): Promise<T> => {
      const fresh = await personsFolder(desktop)
      try {
        await forgetFiles()
        return await start(which, use, fresh.path)
      } finally {
        await fresh.remove()
      }
    }
    const painted = async (opened: Opened): Promise<number> => opened.painted
    const usable = async (opened: Opened): Promise<number> => opened.usable
    const memory = async ({ pids }: Opened): Promise<number> => {
      await pause(settling)
      return proportionalMemory(await pids())
    }
    for (const which of ['ours', 'bare'] as const) await start(which, painted)
    const limit = 'Starting Electron itself takes most of it (the row of the empty window).'
    const measures: Measure[] = [
      { id: 'bare-paint', what: 'an empty window, warm: first paint', unit: 'ms', take: () => start('bare', painted) },
      { id: 'paint', what: 'ours, warm: first paint', unit: 'ms', goals: [{ of: 'bare-paint', most: 1.25, limit }], take: () => start('ours', painted) },
      { id: 'usable', what: 'ours, warm: first step usable', unit: 'ms', goals: [{ of: 'bare-paint', most: 1.5, limit }], take: () => start('ours', usable) },
      { id: 'bare-cold', what: 'an empty window, cold: first paint', unit: 'ms', take: () => cold('bare', painted) },
      { id: 'cold', what: 'ours, cold: first paint', unit: 'ms', goals: [{ of: 'bare-cold', most: 1.25, limit }], take: () => cold('ours', painted) },
      { id: 'cold-usable', what: 'ours, cold: first step usable', unit: 'ms', goals: [{ of: 'bare-cold', most: 1.5, limit }], take: () => cold('ours', usable) },
      { id: 'bare-memory', what: 'an empty window, its memory', unit: 'MB', take: () => start('bare', memory) },
      { id: 'memory', what: 'ours, its memory', unit: 'MB', goals: [{ of: 'bare-memory', most: 1.3, limit: 'The page with React, and the engine.' }], take: () => start('ours', memory) },
    ]
    return {
      measures,
      close: async () => {
        await Promise.all([warm.ours.remove(), warm.bare.remove()])
        await programs.close()
      },
    }
  },
}
