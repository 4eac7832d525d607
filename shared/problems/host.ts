import { catalogue } from './catalogue.ts'

/** Problems of the room `host`. */
export const hostProblems = catalogue({
  page_not_built: (known: { folder: string }) => ({
    exit: 1,
    message: `There is no built page in ${known.folder}.`,
    remedy: 'Build it: npm run build',
  }),
  host_port_taken: (known: { port: number }) => ({
    exit: 3,
    message: `Port ${known.port} on 127.0.0.1 is taken by another program.`,
    remedy: 'Name another one with --port, or none: then a free one is chosen.',
  }),
  host_port_refused: (known: { port: number }) => ({
    exit: 3,
    message: `This account may not listen on port ${known.port}.`,
    remedy: 'Name one from 1024 up with --port, or none: then a free one is chosen.',
  }),
})
