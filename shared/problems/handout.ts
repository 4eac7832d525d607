import { catalogue } from './catalogue.ts'

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
    remedy: 'Name another file, or add --replace.',
  }),
  env_value_unwritable: (known: { name: string }) => ({
    exit: 3,
    message: `The value of ${known.name} holds a line end, a backslash at its end or before another one, or a single quote together with a double quote, a $, a backslash or a backtick: no way of writing it into a .env is read alike by shells and programs.`,
    remedy: 'Save it in another way, or give the user a password without them: `firstnode reset-password --home …`.',
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
