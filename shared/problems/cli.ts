import { catalogue } from './catalogue.ts'

/** Problems that only a command line has. */
export const cliProblems = catalogue({
  no_practice_copy: (known: { trouble: string | null }) => ({
    exit: 3,
    message: `No home is named, and there is no practice copy to offer${known.trouble === null ? '.' : `: ${known.trouble}`}`,
    remedy: 'Download one with firstnode install, then name its folder: firstnode up --home DIR. One that is here already is named the same way.',
  }),
  password_in_argument: (known: { option: string; instead: string }) => ({
    exit: 2,
    message: `${known.option} is refused: every account of this machine can read the arguments of a process.`,
    remedy: known.instead,
  }),
  password_line_missing: (known: { what: string; instead: string }) => ({
    exit: 2,
    message: `Standard input ended before ${known.what}, or its line was empty.`,
    remedy: known.instead,
  }),
  needs_yes: (known: { command: string }) => ({
    exit: 2,
    message: `${known.command} asks before it deletes anything, and there is no terminal to ask on.`,
    remedy: 'Read what it will do (firstnode prints it first), then add --yes.',
  }),
  needs_yes_to_write: (known: { command: string }) => ({
    exit: 3,
    message: `${known.command} asks before it changes a file, and there is no terminal to ask on. Nothing was changed.`,
    remedy: 'Read what it will change (it is printed above), then add --yes.',
  }),
  declined: (known: { what: string }) => ({
    exit: 3,
    message: `${known.what} was not confirmed. Nothing was changed.`,
    remedy: 'Run it again and answer yes, or add --yes.',
  }),
  passwords_differ: (_: object) => ({
    exit: 2,
    message: 'The two lines differ. Nothing was changed.',
    remedy: 'Run it again and type the same password twice.',
  }),
  output_failed: (known: { why: string }) => ({
    exit: 4,
    message: `The result could not be written to standard output: ${known.why}.`,
    remedy: 'Send the output somewhere else. What the command did is done: firstnode status shows the current state.',
  }),
  api_key_unread: (known: { name: string; why: string }) => ({
    exit: 4,
    message: `The API key ${known.name} was created, but could not be written to standard output: ${known.why}.`,
    remedy: 'Send the output somewhere else and create another key. Nobody has this one; it can be invalidated by its name.',
  }),
  token_unread: (known: { why: string }) => ({
    exit: 4,
    message: `An enrollment token was created, but could not be written to standard output: ${known.why}.`,
    remedy: 'Send the output somewhere else and create another token. Nobody has this one, and it expires in 30 minutes.',
  }),
  new_password_unread: (known: { user: string; why: string }) => ({
    exit: 4,
    message: `${known.user} has a new password, but it could not be written to standard output (${known.why}): nobody has it.`,
    remedy: 'Run it again with an output that stays open:',
  }),
  nobody_read: (known: { home: string; why: string }) => ({
    exit: 4,
    message: `The node of ${known.home} runs, but its credentials could not be written to standard output (${known.why}): nobody has them.`,
    remedy: 'Run it again with an output that stays open, and it takes the set-up up with a new password:',
  }),
})
