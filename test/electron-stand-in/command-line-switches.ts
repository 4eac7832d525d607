import type { CommandLine } from 'electron'
import { thePlace } from './stand-in-state.ts'
import { NotInStandIn, strict } from './strict.ts'

let started = false

/** Chromium runs from here on: a switch that comes later would do nothing. */
export function switchesAreTaken(): string[] {
  started = true
  return [...appended].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
}

const appended = new Map<string, string>()
const members = {
  appendSwitch: (name: string, value = '') => {
    if (started) throw new NotInStandIn(`app.commandLine.appendSwitch("${name}") by the application: Chromium runs already`)
    appended.set(name, value)
    thePlace().switches.set(name, value)
  },
  hasSwitch: (name: string) => thePlace().switches.has(name),
  getSwitchValue: (name: string) => thePlace().switches.get(name) ?? '',
} satisfies Pick<CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue'>

export const commandLine = strict('app.commandLine', members)
