import { defineCommand } from '../command.ts'
import { outputOptions } from '../options/shared-options.ts'

export const wizard = defineCommand({
  name: 'wizard',
  summary: 'the same way, as pages in a browser',
  required: [],
  about: [
    'Serves the wizard to this machine only, prints its address, and opens it where there is a display. The address opens it once, within 10 minutes; Enter prints another.',
    'Ctrl-C ends the wizard, and no node with it; a set-up that is under way is put back first. With --json: {address, port}.',
  ],
  options: {
    'no-open': { kind: 'flag', help: 'only print the address, open no browser' },
    port: { kind: 'port', value: 'PORT', help: 'listen on this one, for a server reached over SSH: prints the line for the tunnel (default: a free one)' },
    ...outputOptions,
  },
  examples: [
    ['firstnode wizard', 'prints its address and opens it in a browser'],
    ['firstnode wizard --port 8642', 'on a server: prints the ssh line for your own machine'],
  ],
  exits: [3],
  looksOnly: false,
  perform: (values, context) =>
    context.io.openWizard([
      ...(values['no-open'] ? ['--no-open'] : []),
      ...(values.port === undefined ? [] : ['--port', String(values.port)]),
      ...(context.json ? ['--json'] : []),
    ]),
})
