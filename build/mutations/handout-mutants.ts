import { mutantsOf } from './mutant.ts'

const env = { unit: ['engine/handout/env-draft.test.ts'] }

/** What is saved for later: for its owner alone, read by nobody else's rules, and in no repository by accident. */
export const handoutMutants = [
  ...mutantsOf('engine/host/write-text.ts', { unit: ['engine/host/write-text.test.ts'] }, ['a file with a secret for its owner alone', 'secret ? 0o600 : 0o666', '0o666'], ['a file that stands there left alone', 'replace ? rename(beside, path) : putWhereNothingIs(beside, path)', 'rename(beside, path)']),
  ...mutantsOf(
    'engine/handout/env-draft.ts',
    env,
    ['a .env for its owner alone', 'mode: 0o600, secret: true', 'mode: 0o644, secret: true'],
    ['a .env that is not shown', 'mode: 0o600, secret: true', 'mode: 0o600, secret: false'],
    ['the refusal of links', "if (stat?.isSymbolicLink()) throw problem('env_is_a_link', { path })", ''],
    ['the line in .gitignore', "wish.gitignore && (git === 'open' || git === 'unknown')", "wish.gitignore && git === 'unknown'"],
  ),
  ...mutantsOf(
    'engine/handout/git-takes-in.ts',
    env,
    ['a question that runs nothing', "'-c', 'core.fsmonitor=false', ", ''],
    ['what Git tracks already', "if ((await asked('ls-files', '--error-unmatch', '--', name)) === 0) return 'tracked'", ''],
  ),
  ...mutantsOf('engine/plan/conclude.ts', env, ['the end of what was kept', 'await dropKept(own, journal)', '']),
  ...mutantsOf(
    'engine/handout/env-value.ts',
    { unit: ['engine/handout/env-text.test.ts'] },
    ['quotes around what a shell would replace', 'if (plain.test(value)) return value', 'return value'],
    ['the refusal of what is read apart', `return /["$\\\\\`]/.test(value) ? 'single-quote' : null`, 'return null'],
    ['the refusal of placeholders', String.raw`if (/\$\{[^}]*\}/.test(value)) return 'placeholder'`, ''],
  ),
  ...mutantsOf('engine/handout/closed-text.ts', { unit: ['engine/handout/handout-file.test.ts'] }, ['a passphrase', "if (passphrase === undefined || passphrase.reveal() === '') throw problem('passphrase_needed', {})", "if (passphrase === undefined) throw problem('passphrase_needed', {})"]),
  ...mutantsOf('cli/commands/save.ts', { unit: ['cli/commands/save.test.ts'] }, ['the refusal of a .env that Git would take in', "if (!force && (git === 'tracked' || (git === 'open' && !gitignore)))", 'if (!force && planId === null)'], ['a saved file for its owner alone', 'secret: true, replace', 'secret: false, replace']),
]
