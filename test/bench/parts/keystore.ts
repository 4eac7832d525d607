import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readKeystore } from '../../../engine/security/keystore.ts'
import { benchHome } from '../bench-home.ts'
import { configure } from '../our-node.ts'
import type { Part } from '../part.ts'
import { timeOurs, timeStock } from '../timed-process.ts'

const entry = 'xpack.security.http.ssl.keystore.secure_password'

export const keystorePart: Part = {
  name: 'keystore',
  title: 'Reading a keystore entry',
  about: `Stock is \`bin/elasticsearch-keystore show ${entry}\` on a configured home; ours reads the file and decrypts it, in a process that runs already. The last row is the whole command line, which reads two entries.`,
  times: 2,
  open: async (version) => {
    const home = await benchHome(version)
    await configure(home)
    const path = join(home.home, 'config', 'elasticsearch.keystore')
    const read = async (): Promise<string> => (await readKeystore(await readFile(path))).entries.get(entry)?.text().reveal() ?? ''
    const expected = await read()
    const expectIt = (text: string): void => {
      if (expected === '' || !text.includes(expected)) throw new Error('That is not the entry.')
    }
    return {
      close: () => home.remove(),
      measures: [
        {
          id: 'stock',
          what: 'stock: `elasticsearch-keystore show`',
          unit: 'ms',
          take: async () => {
            const { ms, out } = await timeStock(home, 'elasticsearch-keystore', ['show', entry])
            expectIt(out)
            return ms
          },
        },
        {
          id: 'ours',
          what: 'ours: `readKeystore`',
          unit: 'ms',
          goals: [{ of: 'stock', most: 0.1, limit: 'Deriving the key takes 210,000 rounds of PBKDF2 with SHA-512: the format asks for them.' }],
          take: async () => {
            const began = performance.now()
            const text = await read()
            const ms = performance.now() - began
            expectIt(text)
            return ms
          },
        },
        {
          id: 'command',
          what: 'ours: `firstnode show --keystore-passwords`',
          unit: 'ms',
          take: async () => {
            const { ms, out } = await timeOurs(['show', '--home', home.home, '--keystore-passwords'])
            expectIt(out)
            return ms
          },
        },
      ],
    }
  },
}
