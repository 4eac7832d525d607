import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { openPersonsDesktop } from '../testing/persons-desktop.ts'
import { fusesNotAsReleased } from './fuses.ts'
import { packedIn, startableHere } from './packed.ts'
import { startAndLook } from './start-and-look.ts'

/**
 * Checks what a release packed: the fuses of every binary as they read on the disk, that the application in it is the one that the tests drove
 * (the twin), and that it starts and shows its page although a Node and a debugger are asked of it. Throws with what is wrong. `older`: it was
 * packed for tests with an Electron that lacks the newest fuses.
 */
export async function checkPacked(
  released: string,
  twin: string,
  say: (line: string) => void,
  how: { platform?: NodeJS.Platform; start?: (executable: string) => Promise<string>; older?: boolean } = {},
): Promise<void> {
  const { platform = process.platform, start = startOnDesktop, older = false } = how
  const packed = packedIn(released, platform)
  if (packed.length === 0) throw new Error(`Nothing is packed in ${released}.`)
  const tested = packedIn(twin, platform)[0]
  if (tested === undefined) throw new Error(`There is no twin in ${twin}: what is released would be untested.`)
  const wanted = await digest(tested.asar)
  for (const one of packed) {
    const wrong = await fusesNotAsReleased(one.binary, older)
    if (wrong.length > 0) throw new Error(`${one.binary}: ${wrong.join(', ')}.`)
    if ((await digest(one.asar)) !== wanted) throw new Error(`${one.asar} is not what the tests drove.`)
    say(`${basename(one.folder)}: its fuses stand as they should, and its application is the tested one.`)
  }
  const here = startableHere(packed)
  if (here === null) throw new Error('None of what is packed can be started on this machine.')
  say(`${basename(here.folder)} starts: "${await start(here.executable)}"`)
}

/** Starts a packed application as an ordinary person would, on a desktop, though a Node and a debugger are asked of it; gives the heading of its page. */
export async function startOnDesktop(executable: string): Promise<string> {
  const desktop = await openPersonsDesktop()
  try {
    return await startAndLook({ executable: await desktop.programFor(executable), hostile: true, env: desktop.env, account: desktop.account })
  } finally {
    await desktop.close()
  }
}

async function digest(file: string): Promise<string> {
  return createHash('sha256').update(await readFile(file)).digest('hex')
}
