import { makeKeyPair } from '../../../engine/security/keys.ts'
import { benchHome, type BenchHome } from '../bench-home.ts'
import { applyDraft, draftOn } from '../our-node.ts'
import { nothingToClose, type Part } from '../part.ts'
import { timeStock } from '../timed-process.ts'

const keysTakeMost = 'Four RSA keys of 4096 bits take most of it, on every core there is; making them is a search whose length is chance.'

export const configurePart: Part = {
  name: 'configure',
  title: 'Configuring a first node',
  about:
    "Stock is `bin/auto-configure-node` on a fresh home, from its start to its end. Ours is inspecting the home, judging it, planning, making the keys and applying the plan with its journal, in a process that runs already; the second row leaves out the wait for the keys, which are made while a person reads the plan.",
  times: 2,
  open: async (version) => {
    const onHome = async (work: (home: BenchHome) => Promise<number>): Promise<number> => {
      const home = await benchHome(version)
      try {
        return await work(home)
      } finally {
        await home.remove()
      }
    }
    return {
      close: nothingToClose,
      measures: [
        {
          id: 'stock',
          what: 'stock: `auto-configure-node`',
          unit: 'ms',
          take: () => onHome(async (home) => (await timeStock(home, 'auto-configure-node', ['-v'])).ms),
        },
        { id: 'ours', what: 'ours, from nothing', unit: 'ms', goals: [{ of: 'stock', most: 0.4, limit: keysTakeMost }], take: () => onHome(configureFromNothing) },
        {
          id: 'ready',
          what: 'ours, with the keys ready',
          unit: 'ms',
          goals: [{ of: 'stock', most: 0.1, limit: 'What is left is reading, signing four certificates, deriving the keys of three stores and writing with a sync after every file.' }],
          take: () => onHome(configureWithKeys),
        },
        { id: 'limit', what: 'the limit: four keys by `generateKeyPair` at once', unit: 'ms', take: fourKeys },
      ],
    }
  },
}

async function configureFromNothing(home: BenchHome): Promise<number> {
  const began = performance.now()
  await applyDraft(await draftOn(home))
  return performance.now() - began
}

async function configureWithKeys(home: BenchHome): Promise<number> {
  const began = performance.now()
  const draft = await draftOn(home)
  const planned = performance.now() - began
  await draft.keys.ready
  const pressed = performance.now()
  await applyDraft(draft)
  return planned + performance.now() - pressed
}

async function fourKeys(): Promise<number> {
  const began = performance.now()
  await Promise.all([makeKeyPair(), makeKeyPair(), makeKeyPair(), makeKeyPair()])
  return performance.now() - began
}
