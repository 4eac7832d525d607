import { catalogue } from './catalogue.ts'

/** Why a value cannot be written to a .env so that everything that reads it reads the same. */
export type EnvFault = 'line-end' | 'backslash' | 'single-quote' | 'placeholder' | 'open-quote'

const envFaults: Readonly<Record<EnvFault, string>> = {
  'line-end': 'a line break',
  backslash: 'a backslash at its end or before another backslash',
  'single-quote': 'a single quote together with a double quote, a $, a backslash or a backtick',
  placeholder: 'a placeholder such as ${NAME}',
  'open-quote': 'an equals sign before the only double quote',
}

/** Problems of saving everything for later. */
export const handoutProblems = catalogue({
  passphrase_needed: (_known: object) => ({
    exit: 2,
    message: 'An OpenPGP file is closed with a passphrase, and none was given.',
    remedy: 'Choose one; on the command line it is asked for, or comes with --passphrase-stdin.',
  }),
  file_stands_there: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is there already. Nothing was written.`,
    remedy: 'Choose another file, or add --replace.',
  }),
  env_value_unwritable: (known: { name: string; fault: EnvFault }) => ({
    exit: 3,
    message: `The value of ${known.name} contains ${envFaults[known.fault]}, which shells and the programs that read .env files do not read the same, however it is quoted. Nothing was written.`,
    remedy: 'Save it another way, or set a password without it: `firstnode reset-password --home …`.',
  }),
  env_value_expanded: (known: { name: string }) => ({
    exit: 3,
    message: `The value of ${known.name} contains a $ before a name. dotenv-expand (in Vite and Next.js) and django-environ replace that even in single quotes.`,
    remedy: 'If your project uses one of them, put a backslash before the $ there, or set a password without it.',
  }),
  env_value_quoted: (known: { names: readonly string[] }) => ({
    exit: 3,
    message: `In the .env, ${known.names.join(' and ')} ${known.names.length === 1 ? 'is' : 'are'} in quotes. docker run --env-file and podman run --env-file keep the quotes as part of the value.`,
    remedy: 'Docker Compose removes them. For docker run, load the file into the shell and pass the variables with -e NAME.',
  }),
  env_is_a_link: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is a link, so the password would go to the file it points to. Nothing was written.`,
    remedy: 'Replace it with a file, or choose the folder it points to.',
    field: 'folder',
  }),
  env_no_text: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is not UTF-8 text, so nothing can be added to it safely.`,
    remedy: 'Move it away, or choose another folder.',
    field: 'folder',
  }),
  env_no_folder: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is not a folder, or does not exist.`,
    remedy: 'Choose the folder of your project.',
    field: 'folder',
  }),
  env_would_be_committed: (known: { path: string; tracked: boolean }) => ({
    exit: 3,
    message: known.tracked ? `Git tracks ${known.path} already: the next commit would hold the password. Nothing was written.` : `Git does not ignore ${known.path}: the next commit could hold the password. Nothing was written.`,
    remedy: known.tracked ? 'Take it out first: git rm --cached .env. Or add --force.' : 'Add --gitignore: then .env is added to .gitignore as well. Or add --force.',
  }),
})
