import { catalogue } from './catalogue.ts'

/** Problems of the room `host`. */
export const hostProblems = catalogue({
  page_not_built: (known: { folder: string }) => ({
    exit: 1,
    message: `There is no built page in ${known.folder}.`,
    remedy: 'Build it: npm run build',
  }),
  host_not_built: (known: { folder: string }) => ({
    exit: 1,
    message: `The wizard is not built: there is no browser host beside ${known.folder}.`,
    remedy: 'In a checkout build it: npm run build. An installed Firstnode is damaged: install it anew.',
  }),
  host_port_taken: (known: { port: number }) => ({
    exit: 3,
    message: `Port ${known.port} on 127.0.0.1 is taken by another program.`,
    remedy: 'Choose another port with --port, or omit it to use a free one.',
  }),
  host_port_refused: (known: { port: number }) => ({
    exit: 3,
    message: `This account may not listen on port ${known.port}.`,
    remedy: 'Name one from 1024 up with --port, or none: then a free one is chosen.',
  }),
  too_many_calls: (known: { most: number }) => ({
    exit: 5,
    message: `This tab has more than ${known.most} calls running, so Firstnode did not start this one.`,
    remedy: 'Wait until some have finished, or reload the page.',
  }),
  no_desktop: (_known: object) => ({
    exit: 3,
    message: 'This Firstnode has no window of the system\'s own, so it cannot do that.',
    remedy: 'Do it in the page, or in the desktop application.',
  }),
  not_saved: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} could not be written: ${known.why}.`,
    remedy: 'Save it to another folder.',
  }),
  something_under_way: (known: { what: string }) => ({
    exit: 3,
    message: `${known.what} is still under way.`,
    remedy: 'Wait until it has ended, or cancel it first.',
  }),
})
