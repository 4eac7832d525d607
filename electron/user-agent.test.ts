import { expect, test } from 'vitest'
import { firstnodeVersion } from '../engine/version.ts'
import { userAgentOf } from './user-agent.ts'

test('the user agent names Firstnode and its version once, whatever Electron put there', () => {
  const wanted = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Firstnode/${firstnodeVersion} Chrome/114.0.0.0 Electron/25.1.1 Safari/537.36`
  for (const name of [' firstnode/0.0.1', ' Firstnode/0.0.1', ' Electron/25.1.1', '']) {
    expect(userAgentOf(wanted.replace(` Firstnode/${firstnodeVersion}`, name))).toBe(wanted)
  }
})
