import { catalogue } from './catalogue.ts'

const tokenPath = (token: string): string => `/_security/service/elastic/kibana/credential/token/${token}`

/** Problems of the room `kibana`. No entry takes a secret. */
export const kibanaProblems = catalogue({
  not_kibana: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is not a Kibana folder.`,
    remedy: 'Choose the folder that holds bin, config and package.json; for a package, /usr/share/kibana.',
    field: 'folder',
  }),
  kibana_settings_unreadable: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} cannot be read: ${known.why}.`,
    remedy: 'Run Firstnode as the account that owns it, or as root.',
  }),
  kibana_settings_broken: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} cannot be read as settings: ${known.why}. Kibana could not start with it either.`,
    remedy: 'Fix that line, then try again. To remove what Firstnode wrote to the file, run the command with --undo.',
  }),
  kibana_settings_utf16: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is saved as UTF-16 or contains NUL bytes. Kibana reads UTF-8 only.`,
    remedy: 'Save the file as UTF-8, then try again.',
  }),
  kibana_settings_not_kept: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} cannot be rewritten without changing what Kibana reads from it. Nothing was changed.`,
    remedy:
      'Remove elasticsearch.hosts, elasticsearch.serviceAccountToken, elasticsearch.ssl.certificateAuthorities and ' +
      'xpack.fleet.outputs from the file, then try again. Firstnode then appends its settings and keeps the rest.',
  }),
  kibana_variable_missing: (known: {
    file: string
    missing: readonly { readonly setting: string; readonly variable: string }[]
  }) => {
    const variables = [...new Set(known.missing.map(({ variable }) => variable))].join(', ')
    const settings = [...new Set(known.missing.map(({ setting }) => setting))].join(', ')
    return {
      exit: 3,
      message:
        `${known.file} refers to environment variables that are not set here: ${variables} (in ${settings}). ` +
        'Kibana does not start without them.',
      remedy: `Run Firstnode with ${variables} set to the values that Kibana runs with.`,
    }
  },
  kibana_settings_read_only: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is read-only. Nothing was changed.`,
    remedy: `Let its owner write it (chmod u+w ${known.path}; on Windows its properties), or run Firstnode as that owner, then try again. The token still works.`,
  }),
  kibana_folder_closed: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} ${known.why}, so nothing can be written there. Nothing was changed.`,
    remedy: 'Run Firstnode as the account that owns this Kibana, or as root. A data folder that is missing is made by hand: mkdir, as the account that runs Kibana.',
  }),
  kibana_enrolled_already: (known: { file: string; where: string }) => ({
    exit: 3,
    message: `This Kibana is enrolled already${known.where}: ${known.file} holds a service account token. Nothing was changed.`,
    remedy:
      'To start it, run firstnode kibana with --kibana-home alone, or choose "Start Kibana". To connect it again (to another ' +
      'cluster, or with a new token), add --replace, or choose "Reconnect Kibana": the existing settings stay as comments.',
  }),
  kibana_connected_already: (known: { file: string; what: string }) => ({
    exit: 3,
    message: `Somebody connected this Kibana already: ${known.file} sets ${known.what}. Kibana itself would not ask for a token then. Nothing was changed.`,
    remedy: 'Leave it as it is, or add --replace, or choose "Reconnect Kibana": the existing settings stay in the file as comments, and a token replaces the user and password.',
  }),
  kibana_keystore_connected: (known: { file: string; names: readonly string[] }) => ({
    exit: 3,
    message: `Somebody connected this Kibana already: ${known.file} holds ${known.names.join(', ')}, and what stands there wins over kibana.yml. Nothing was changed.`,
    remedy: `Leave it as it is, or take it out, then try again: ${known.names.map((name) => `bin/kibana-keystore remove ${name}`).join(' && ')}`,
  }),
  kibana_keystore_locked: (known: { file: string }) => ({
    exit: 3,
    message: `Kibana asks for the password of ${known.file} when it starts, and nobody could answer it here. Nothing was started; what was written stays.`,
    remedy: 'Start bin/kibana in a terminal and type the password there, or set KBN_KEYSTORE_PASSPHRASE_FILE to a file that holds it, for Firstnode too.',
  }),
  kibana_token_left: (known: { what: string; remedy: string; token: string }) => ({
    exit: 4,
    message: `${known.what} In the cluster the service account token ${known.token} is left, which was made for this Kibana just now.`,
    remedy: `${known.remedy} To delete the token, ask the cluster as elastic: DELETE /_security/service/elastic/kibana/credential/token/${known.token}`,
  }),
  kibana_old_tokens_left: (known: { tokens: readonly string[] }) => ({
    exit: 3,
    message: `Service account tokens that this Kibana used before may still work: ${known.tokens.join(', ')}.`,
    remedy: `To delete them, ask their cluster as elastic: ${known.tokens.map((token) => `DELETE ${tokenPath(token)}`).join('; ')}`,
  }),
  kibana_certificate_unchecked: (known: { file: string }) => ({
    exit: 3,
    message: `${known.file} sets elasticsearch.ssl.verificationMode to none: Kibana then accepts any certificate.`,
    remedy: 'Remove that setting, or set it to full: Kibana then checks the cluster by its CA certificate.',
  }),
  kibana_version_apart: (known: { kibana: string; cluster: string }) => ({
    exit: 3,
    message: `Kibana ${known.kibana} does not work with Elasticsearch ${known.cluster}. Nothing was written.`,
    remedy: `Take a Kibana of version ${known.cluster}: it must be of the same major version as the cluster, and no newer than it.`,
  }),
  kibana_token_useless: (known: { user: string }) => ({
    exit: 6,
    message: `The cluster gave a token that is not Kibana's: it proves ${known.user}. Nothing was written.`,
    remedy: 'Make a new enrollment token, and try again.',
  }),
  kibana_runs_as_root: (known: { home: string }) => ({
    exit: 3,
    message: `${known.home} would be run by root, and Kibana refuses that.`,
    remedy: 'Name an ordinary account to run it (--user), or give the home to one (chown -R). What was written stays.',
  }),
  kibana_not_startable: (known: { home: string }) => ({
    exit: 3,
    message: `There is no bin/kibana in ${known.home} to start.`,
    remedy: 'Start Kibana as you usually do; what was written is read then.',
  }),
  kibana_launch_failed: (known: { launcher: string; why: string }) => ({
    exit: 4,
    message: `${known.launcher} could not be started: ${known.why}.`,
    remedy: 'See that the account that runs Kibana may reach and execute it, then start it again. What was written stays.',
  }),
  kibana_port_taken: (known: { port: number; url: string }) => ({
    exit: 3,
    message: `Something listens on port ${known.port} already, this Kibana or another. Nothing was started; what was written stays.`,
    remedy: `If it is this one, it reads kibana.yml when it is started again: stop it first, or open ${known.url}. If not, set server.port in kibana.yml to another port.`,
  }),
  kibana_died: (known: { how: string; line: string | null }) => ({
    exit: 4,
    message: `Kibana ended while it was starting (${known.how}).${known.line === null ? '' : ` Its log says: ${known.line}`}`,
    remedy: 'Fix what its log names, then run the same command again. What was written stays; --undo takes it back.',
  }),
  kibana_silent: (known: { minutes: number; url: string }) => ({
    exit: 4,
    message: `Kibana runs, but did not answer at ${known.url} within ${known.minutes} min.`,
    remedy: 'Look at its log; on a slow machine its first start takes longer: open the address later.',
  }),
  no_such_kibana_run: (_: object) => ({
    exit: 3,
    message: 'This start of Kibana is not known here: the wizard that began it has ended.',
    remedy: 'Open Kibana; where nothing answers there, start it again.',
  }),
  nothing_to_undo_in_kibana: (known: { home: string }) => ({
    exit: 3,
    message: `Firstnode has written nothing in the Kibana of ${known.home}.`,
    remedy: 'Only what Firstnode itself has written can be taken back.',
  }),
})
