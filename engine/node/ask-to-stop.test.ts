import { expect, test } from 'vitest'
import { askToStop, wayToAsk, type Running } from './ask-to-stop.ts'

const launcher: Running = { pid: 10, identity: 'a', role: 'launcher', parent: 1, uid: null }
const server: Running = { pid: 11, identity: 'b', role: 'server', parent: 10, uid: null }

function asked(processes: readonly Running[], platform: NodeJS.Platform): { heard: boolean; sent: [number, string][] } {
  const sent: [number, string][] = []
  return { heard: askToStop(processes, wayToAsk(platform), ({ pid }, signal) => sent.push([pid, signal])), sent }
}

test('elsewhere than on Windows the server is asked by a signal, and a launcher only where it has no server yet', () => {
  expect(asked([launcher, server], 'linux')).toEqual({ heard: true, sent: [[11, 'SIGTERM']] })
  expect(asked([launcher], 'darwin')).toEqual({ heard: true, sent: [[10, 'SIGTERM']] })
})

test('on Windows the launcher is ended, and its server is left to shut down by itself', () => {
  expect(asked([launcher, server], 'win32')).toEqual({ heard: true, sent: [[10, 'SIGKILL']] })
})

test('on Windows a server without a launcher has nobody who could ask it, and is not touched', () => {
  expect(asked([server], 'win32')).toEqual({ heard: false, sent: [] })
})
