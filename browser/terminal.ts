import { readFileSync } from 'node:fs'

/**
 * May the terminal be read? A process in the background that reads it is stopped by the kernel (SIGTTIN). Where standard
 * input is no terminal there is no such danger.
 */
export function inForeground(stat = ownStat(), terminal = process.stdin.isTTY): boolean {
  if (!terminal || stat === null) return true
  // proc(5): after the name in brackets come state, ppid, pgrp, session, tty_nr, tpgid.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[2] === fields[5]
}

function ownStat(): string | null {
  try {
    return readFileSync('/proc/self/stat', 'utf8')
  } catch {
    return null
  }
}

/** Calls `print` for every line that comes in. Does not keep the process alive. */
export function onEnter(print: () => void): void {
  process.stdin.on('data', (chunk: Buffer) => {
    if (chunk.includes(10)) print()
  })
  process.stdin.on('error', () => process.stdin.pause())
}

/**
 * Ends the process when it is told to: `work` first, then status 0, because being ended is how a host ends. A signal often
 * comes twice (a terminal tells the whole group, npm passes its own on), so only one that comes a second later insists.
 */
export function onEnd(work: () => Promise<void>): void {
  let since: number | null = null
  const end = () => {
    if (since !== null) {
      if (Date.now() - since > 1000) process.exit(130)
      return
    }
    since = Date.now()
    work().then(
      () => process.exit(0),
      (thrown: unknown) => {
        process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}
