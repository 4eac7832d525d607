import type { EnvPreview, GitView } from '../../shared/contract/handout.ts'

/** What the double says of a `.env` in this folder, where Git stands to it as `git` says. */
export function envPreviewed(folder: string, git: GitView): EnvPreview {
  const file = `${folder}/.env`
  return {
    planId: 'env-1',
    file,
    git,
    sentences: [`${file} is new: ELASTICSEARCH_URL, ELASTIC_USERNAME, ELASTIC_PASSWORD, ELASTIC_CA_FINGERPRINT and ELASTIC_CA_CERT.`, ...(git === 'open' ? ['Git does not ignore .env here: the next commit could hold the password.'] : [])],
    replaces: [],
    changes: [{ action: 'create', path: file, from: null, mode: '0600', owner: null, bytes: 280, secret: true, note: 'Holds the password: only its owner reads it.', diff: null }],
  }
}
