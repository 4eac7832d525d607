import type { HandoutFormat } from '../../shared/contract/handout.ts'

export type WayToSave = HandoutFormat | 'env'

/** Ways to save, in the order in which they are offered: its name, and what it means to choose it. */
export const waysToSave: readonly (readonly [WayToSave, string, string])[] = [
  ['openpgp', 'Encrypted file', 'OpenPGP with a passphrase. Open it with gpg or any other OpenPGP program.'],
  ['plain', 'Text file', 'Not encrypted: anyone who can read the file has the password.'],
  ['1password', '1Password', 'A CSV file to import. It is not encrypted, so delete it afterwards.'],
  ['bitwarden', 'Bitwarden', 'A CSV file to import, in the format “Bitwarden (csv)”. Delete it afterwards.'],
  ['keepass', 'KeePass, KeePassXC', 'A CSV file to import. Delete it afterwards.'],
  ['env', 'Project .env file', 'Environment variables in the folder of your project. Firstnode checks whether Git ignores the file.'],
]
