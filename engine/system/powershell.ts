import type { Ask } from './ask-system.ts'

/**
 * What a PowerShell script prints, as UTF-8. Values reach it as environment variables (`$env:NAME`), never as its text. Scripts use single quotes alone and
 * only what the constrained language of locked down machines allows.
 */
export function askPowerShell(ask: Ask, script: string, values: Readonly<Record<string, string>> = {}): Promise<string> {
  // The console speaks the code page of the country until it is told otherwise; where that is forbidden, names beyond ASCII suffer.
  const inUtf8 = 'try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }; '
  return ask('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', inUtf8 + script], values)
}

/** The rows that `… | ConvertTo-Json` printed: none, one (which is no list) or several. Empty where it is no JSON. */
export function rowsOf(text: string): unknown[] {
  try {
    // trim takes a byte order mark off as well
    const parsed: unknown = text.trim() === '' ? [] : JSON.parse(text.trim())
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch {
    return []
  }
}
