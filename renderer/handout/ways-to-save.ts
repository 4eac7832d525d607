import type { HandoutFormat } from '../../shared/contract/handout.ts'

export type WayToSave = HandoutFormat | 'env'

/** Ways to save, in the order in which they are offered: its name, and what it means to choose it. */
export const waysToSave: readonly (readonly [WayToSave, string, string])[] = [
  ['openpgp', 'A file that a passphrase closes', 'OpenPGP: gpg, and every other program that knows it, opens the file with the passphrase.'],
  ['plain', 'A text file', 'Whoever can read the file has the password.'],
  ['1password', '1Password', 'A CSV to import. Delete it afterwards: nothing in it is encrypted.'],
  ['bitwarden', 'Bitwarden', 'A CSV to import, as format “Bitwarden (csv)”. Delete it afterwards.'],
  ['keepass', 'KeePass, KeePassXC', 'A CSV to import. Delete it afterwards.'],
  ['env', 'The .env of a project', 'The variables that a program reads, in the folder of your project. Git is asked whether it would take them in.'],
]
