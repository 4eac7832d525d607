import type { HandoutFormat } from '../../shared/contract/handout.ts'
import type { Handout } from './handout.ts'
import { notesText, titleOf } from './plain-text.ts'

type Manager = Extract<HandoutFormat, '1password' | 'bitwarden' | 'keepass'>

/** Columns as each documents them for its import, by name; every one in its own order. */
const columns: Readonly<Record<Manager, Readonly<Record<string, (handout: Handout) => string>>>> = {
  '1password': { Title: titleOf, Website: url, Username: username, Password: password, Notes: notesText },
  bitwarden: {
    folder: nothing,
    favorite: nothing,
    type: () => 'login',
    name: titleOf,
    notes: notesText,
    fields: nothing,
    reprompt: () => '0',
    login_uri: url,
    login_username: username,
    login_password: password,
    login_totp: nothing,
  },
  keepass: { Group: () => 'Elasticsearch', Title: titleOf, Username: username, Password: password, URL: url, Notes: notesText },
}

/** One entry as the CSV that a password manager imports (RFC 4180: lines end with CR LF; what needs it, and every value that a person chose, stands in quotes). */
export function passwordCsv(manager: Manager, handout: Handout): string {
  const known = columns[manager]
  return [Object.keys(known).join(','), Object.values(known).map((value) => quoted(value(handout))).join(',')].map((line) => `${line}\r\n`).join('')
}

const quoted = (text: string): string => (text === '' ? '' : `"${text.replaceAll('"', '""')}"`)

function url(handout: Handout): string {
  return handout.url
}

function username(handout: Handout): string {
  return handout.username
}

function password(handout: Handout): string {
  return handout.password.reveal()
}

function nothing(): string {
  return ''
}
