import type { RenewalPreview } from '../../shared/contract/certificates.ts'
import { settingText, type Settings } from '../preflight/settings.ts'

const defaultMs = 5000
const units: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/**
 * Within how many ms a running node loads a replaced keystore; null where its settings switch that off. It looks at
 * its TLS files in its shortest interval (ResourceWatcherService, SSLConfigurationReloader).
 */
export function reloadsWithin(settings: Settings): number | null {
  if (settingText(settings, 'resource.reload.enabled') === 'false') return null
  const text =
    settingText(settings, 'resource.reload.interval.high') ?? settingText(settings, 'resource.reload.interval')
  const [, count = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text ?? '') ?? []
  const factor = units[unit.toLowerCase()]
  return factor === undefined ? defaultMs : Number(count) * factor
}

/** How the node of a home takes up a renewed certificate. */
export function takesUp(running: boolean, within: number | null): RenewalPreview['node'] {
  if (!running) return 'stopped'
  return within === null ? 'restart' : 'running'
}
