import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import type { LogLine } from '../../shared/contract/setup.ts'
import { kibanaText, type KibanaSettings } from './kibana-settings.ts'

/** Kibana nests these names; the agent that prints its first line does not. */
const jsonLine = z.object({
  message: z.string(),
  log: z.object({ level: z.string().optional(), logger: z.string().optional() }).optional(),
  'log.level': z.string().optional(),
  'log.logger': z.string().optional(),
})

/** Lines of Kibana's log as they are shown: without colours; those in JSON as their message. What is empty is left out. */
export function kibanaLines(printed: string, at: number): LogLine[] {
  const { text, level } = readLine(printed)
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .map((line) => ({ at, level: level ?? levelIn(line), text: line, explains: false }))
}

/** The link by which Kibana asks for an enrollment token, with its code; null where the line holds none. */
export function setupLink(line: string): string | null {
  return /https?:\/\/[^\s"'<>]+[?&]code=\d{6}\b/.exec(line)?.[0] ?? null
}

/** The line that tells why Kibana ended: the last that is FATAL or an ERROR, else the last of all. */
export function fatalLine(lines: readonly LogLine[]): LogLine | null {
  return lines.findLast(({ level }) => level === 'FATAL') ?? lines.findLast(({ level }) => level === 'ERROR') ?? lines.at(-1) ?? null
}

/** Files that the settings let Kibana write its log to, besides what it prints. */
export function logFilesOf(settings: KibanaSettings): string[] {
  const names = Object.keys(settings).filter((name) => /^logging\.appenders\.[^.]+\.fileName$/.test(name))
  return names.flatMap((name) => kibanaText(settings, name) ?? [])
}

function readLine(printed: string): { text: string; level: string | null } {
  if (!printed.startsWith('{')) return { text: printed, level: null }
  try {
    const { message, log = {}, ...flat } = jsonLine.parse(JSON.parse(printed))
    const [level = null, logger] = [log.level ?? flat['log.level'], log.logger ?? flat['log.logger']]
    return { text: logger === undefined ? message : `[${logger}] ${message}`, level: level?.toUpperCase() ?? null }
  } catch {
    return { text: printed, level: null }
  }
}

/** `[2026-11-25T09:30:00.000+00:00][INFO ][root] Kibana is starting` */
function levelIn(line: string): string {
  return /^\[[^\]]+\]\[(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s*\]/.exec(line)?.[1] ?? (/^\s*(?:FATAL|Error:)/.test(line) ? 'FATAL' : 'INFO')
}
