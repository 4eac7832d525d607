import { unfinishedProblem } from '../../plan/unfinished.ts'
import { blocks, type Rule } from '../check.ts'

/** Before all other checks: what they would say of a home is not true while earlier work is half done. */
export const unfinishedRule: Rule = {
  id: 'unfinished',
  title: 'Unfinished work',
  run: ({ installation: { home, unfinished } }) => {
    if (unfinished === undefined) return null
    const { code, message, remedy } = unfinishedProblem(unfinished.kind, home)
    return blocks(message, remedy, code)
  },
}
