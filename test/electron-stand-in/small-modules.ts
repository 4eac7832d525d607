import type { PowerMonitor, PowerSaveBlocker } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { strict } from './strict.ts'

export const powerMonitor = strict('powerMonitor', Object.assign(new StandInEmitter('powerMonitor', ['suspend', 'resume', 'shutdown', 'lock-screen', 'unlock-screen', 'on-ac', 'on-battery']), { isOnBatteryPower: () => false } satisfies Pick<PowerMonitor, 'isOnBatteryPower'>))

const blocked = new Set<number>()
let lastBlocker = 0
const blocker = {
  start: () => {
    blocked.add(++lastBlocker)
    return lastBlocker
  },
  stop: (id: number) => blocked.delete(id),
  isStarted: (id: number) => blocked.has(id),
} satisfies Pick<PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>
export const powerSaveBlocker = strict('powerSaveBlocker', blocker)
