import { catalogue } from './catalogue.ts'

/** Problems that belong to no room in particular. */
export const generalProblems = catalogue({
  cancelled: (_: object) => ({
    exit: 130,
    message: 'Cancelled. Everything is as it was before.',
    remedy: 'Begin again whenever it suits.',
  }),
  unexpected: (known: { what: string }) => ({
    exit: 1,
    message: `Firstnode met something it does not know: ${known.what}`,
    remedy: 'This is a fault of ours: please report it, with what you did.',
  }),
  bad_input: (known: { what: string; want: string }) => ({
    exit: 2,
    message: known.what,
    remedy: known.want,
  }),
  busy: (known: { home: string; pid: number }) => ({
    exit: 5,
    message: `Another Firstnode (process ${known.pid}) is at work on ${known.home}.`,
    remedy: 'Finish or cancel there, then try again.',
  }),
})
