import { catalogue } from './catalogue.ts'
import { wordsOfHostTrouble, type HostTrouble } from './host-trouble.ts'
import { yamlFaults, type YamlFault } from './yaml-faults.ts'
import { inBytes } from '../sizes.ts'

const yml = '`elasticsearch.yml`'

/** Problems of the room `preflight`: settings that Elasticsearch itself could not read. Lines and columns count from 1. */
export const preflightProblems = catalogue({
  voting_only_alone: (_: object) => ({
    exit: 3,
    message: 'node.roles contains voting_only without master. Elasticsearch does not start with that.',
    remedy: 'Add master to node.roles, or remove voting_only.',
  }),
  settings_missing: (known: { path: string }) => ({
    exit: 3,
    message: `There is no file ${known.path}.`,
    remedy: `Put back the ${yml} of the archive (an empty file will do), then try again.`,
  }),
  settings_unreadable: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} cannot be read: ${known.why}`,
    remedy: 'Let the account that runs the node read it, then try again.',
  }),
  settings_too_large: (known: { bytes: number; limit: number }) => ({
    exit: 3,
    message: `${yml} is ${inBytes(known.bytes)} long; Elasticsearch reads at most ${inBytes(known.limit)}.`,
    remedy: 'See whether it is the right file, and take out what is not a setting.',
  }),
  settings_names_too_long: (known: { line: number; limit: number }) => ({
    exit: 3,
    message: `The full names of the settings in ${yml} are longer than ${inBytes(known.limit)} together (line ${known.line}).`,
    remedy: 'Use shorter names or fewer levels, then try again.',
  }),
  settings_no_yaml: (known: { line: number; column: number; fault: YamlFault }) => ({
    exit: 3,
    message: `${yml} is not valid YAML: line ${known.line}, column ${known.column}: ${yamlFaults[known.fault]}.`,
    remedy: `Correct line ${known.line}, then try again.`,
  }),
  settings_duplicate_key: (known: { key: string; line: number; firstLine: number }) => ({
    exit: 3,
    message: `${yml} sets ${known.key} twice: in line ${known.firstLine} and in line ${known.line}. Elasticsearch refuses that.`,
    remedy: `Take out line ${known.firstLine} or line ${known.line}, then try again.`,
  }),
  settings_no_map: (known: { line: number; found: string }) => ({
    exit: 3,
    message: `${yml} holds ${known.found} (line ${known.line}) where settings are expected, one \`name: value\` a line.`,
    remedy: `Write every setting as \`name: value\` (a blank after the colon), or empty the file, then try again.`,
  }),
  settings_null: (known: { key: string; line: number }) => ({
    exit: 3,
    message: `${yml} gives ${known.key} no value (line ${known.line}). Elasticsearch refuses that.`,
    remedy: `Give it a value or put a # before line ${known.line}, then try again.`,
  }),
  settings_bad_list: (known: { key: string; line: number }) => ({
    exit: 3,
    message: `The list ${known.key} in ${yml} holds something that is no plain value (line ${known.line}).`,
    remedy: 'Write only texts, numbers, true and false into lists, then try again.',
  }),
  settings_bad_key: (known: { line: number }) => ({
    exit: 3,
    message: `${yml} has a name that is no plain text (line ${known.line}).`,
    remedy: `Write line ${known.line} as \`name: value\`, then try again.`,
  }),
  settings_bad_value: (known: { key: string; line: number }) => ({
    exit: 3,
    message: `${yml} gives ${known.key} a value of a kind that Elasticsearch does not read (line ${known.line}).`,
    remedy: 'Write it as a plain text, then try again.',
  }),
  settings_more_documents: (known: { line: number }) => ({
    exit: 3,
    message: `${yml} goes on in line ${known.line} after the end of its settings. Elasticsearch refuses that.`,
    remedy: 'Keep one document: take out the lines --- and ... within the file, and begin all names in the same column.',
  }),
  settings_list_conflict: (known: { key: string }) => ({
    exit: 3,
    message: `${yml} sets both ${known.key} and ${known.key}.0. Elasticsearch refuses that.`,
    remedy: `Keep ${known.key}: [a, b] alone, then try again.`,
  }),
  single_node_with_masters: (_: object) => ({
    exit: 3,
    message: `${yml} sets both discovery.type: single-node and cluster.initial_master_nodes. Elasticsearch refuses them together and cannot start.`,
    remedy: 'Remove cluster.initial_master_nodes, or remove discovery.type if other nodes will join this one.',
  }),
  discovery_type_unknown: (known: { type: string }) => ({
    exit: 3,
    message: `discovery.type in ${yml} is "${known.type}", which Elasticsearch does not know. It cannot start.`,
    remedy: 'Set discovery.type to single-node or multi-node, or remove it.',
  }),
  cluster_name_setting: (known: { name: string }) => ({
    exit: 3,
    message: `cluster.name in ${yml} is "${known.name}". A cluster name cannot contain a colon or a slash, so Elasticsearch cannot start.`,
    remedy: 'Choose another cluster.name.',
  }),
  settings_removed: (known: { names: readonly { name: string; instead: string | null }[]; version: string }) => ({
    exit: 3,
    message: `${yml} sets ${known.names.map(({ name }) => name).join(', ')}. Elasticsearch ${known.version} no longer has ${known.names.length === 1 ? 'this setting' : 'these settings'} and cannot start.`,
    remedy: known.names
      .map(({ name, instead }) => (instead === null ? `Remove ${name}.` : `Replace ${name} with ${instead}.`))
      .join(' '),
  }),
  settings_of_index: (known: { names: readonly string[] }) => ({
    exit: 3,
    message: `${yml} sets ${known.names.join(', ')}. Elasticsearch does not allow settings of an index there and cannot start.`,
    remedy: `Remove ${known.names.length === 1 ? 'it' : 'them'}, and set ${known.names.length === 1 ? 'it' : 'them'} in an index template instead.`,
  }),
  host_setting_unusable: (known: { setting: string; host: string; trouble: HostTrouble; here: readonly string[] }) => ({
    exit: 3,
    message: `${known.setting} in ${yml} is ${known.host}: ${wordsOfHostTrouble(known.trouble)}. Elasticsearch cannot start.`,
    remedy: known.here.length === 0
      ? `Set ${known.setting} to _local_, or remove it.`
      : `Set ${known.setting} to an address of this machine (${known.here.join(', ')}) or to _local_, or remove it.`,
  }),
  host_setting_mixed: (known: { setting: string; host: string }) => ({
    exit: 3,
    message: `${known.setting} in ${yml} lists ${known.host}, which means every address, together with other addresses. Elasticsearch cannot start.`,
    remedy: `Keep ${known.host} alone, or remove it from ${known.setting}.`,
  }),
  enforce_bootstrap_checks_value: (known: { value: string; from: string }) => ({
    exit: 3,
    message: `The Java option -Des.enforce.bootstrap.checks=${known.value} (${known.from}) is invalid: Elasticsearch accepts only true.`,
    remedy: `Set it to true, or remove it from ${known.from}.`,
  }),
  password_unseen: (known: { home: string }) => ({
    exit: 3,
    message: `Security is configured in ${known.home}, and nobody ever saw the password of the elastic user.`,
    remedy: 'Set a new one while the node runs: "New password" in the wizard, or `firstnode reset-password --home …`.',
  }),
  settings_placeholder: (known: { key: string; name: string; of: 'variable' | 'setting' | 'nothing' }) => ({
    exit: 3,
    message: `${known.key} in ${yml} uses \${${known.name}}, ${placeholderTrouble(known)}.`,
    remedy: placeholderRemedy(known),
  }),
  settings_placeholders_too_many: (known: { key: string }) => ({
    exit: 3,
    message: `${known.key} in ${yml} refers to other settings so often that its value gets too long.`,
    remedy: `Write the value of ${known.key} without placeholders, then try again.`,
  }),
  settings_placeholder_circle: (known: { key: string; name: string }) => ({
    exit: 3,
    message: `${known.key} in ${yml} refers to itself through \${${known.name}}.`,
    remedy: 'Give one of the settings in the circle a value of its own, then try again.',
  }),
  jvm_options_unreadable: (known: { path: string; why: 'missing' | 'denied' | 'not a file' }) => ({
    exit: 3,
    message: {
      missing: `${known.path} does not exist. Elasticsearch does not start without it.`,
      denied: `The account that runs the node cannot read ${known.path}.`,
      'not a file': `${known.path} is not a file.`,
    }[known.why],
    remedy: known.why === 'denied' ? 'Let that account read the file.' : 'Restore the file from the Elasticsearch archive.',
  }),
  jvm_options_malformed: (known: { path: string; lines: readonly { line: number; text: string }[] }) => ({
    exit: 3,
    message: `${known.path} has ${known.lines.length === 1 ? 'a line that is' : 'lines that are'} not a Java option: ${known.lines
      .map(({ line, text }) => `line ${line}, "${text.slice(0, 100)}"`)
      .join('; ')}.`,
    remedy: 'An option begins with "-" at the start of its line, or after a Java version such as "17-:". Start comments with "#".',
  }),
  jvm_option_refused: (known: { java: string; options: readonly { text: string; place: string; said: string }[] }) => ({
    exit: 3,
    message: `Java ${known.java} rejects ${known.options.map(({ text, place, said }) => `${text} (${place}): ${said}`).join('; ')}`,
    remedy: `Correct or remove ${known.options.length === 1 ? 'this option' : 'these options'}.`,
  }),
  jvm_option_misplaced: (known: { text: string; place: string }) => ({
    exit: 3,
    message: `${known.text} (${known.place}) is not an option for running Elasticsearch, so Java would not start it.`,
    remedy: 'Correct or remove it. Options such as -Xmx1g begin with "-".',
  }),
  jvm_option_file: (known: { text: string; place: string; path: string; use: 'read' | 'write' }) => ({
    exit: 3,
    message:
      known.use === 'read'
        ? `${known.text} (${known.place}) refers to ${known.path}, which is not a file.`
        : `${known.text} (${known.place}) writes to ${known.path}, which is not a folder that the node can write to.`,
    remedy: 'Correct the path, or remove the option.',
  }),
  plugin_other_version: (known: { name: string; path: string; madeFor: string; version: string }) => ({
    exit: 3,
    message: `The plugin ${known.name} (${known.path}) was built for Elasticsearch ${known.madeFor}, not for ${known.version}.`,
    remedy: `Run \`bin/elasticsearch-plugin remove ${known.name}\`, then install the plugin for ${known.version}.`,
  }),
  plugin_other_java: (known: { name: string; path: string; needs: number; java: string }) => ({
    exit: 3,
    message: `The plugin ${known.name} (${known.path}) requires Java ${known.needs}; this node runs on Java ${known.java}.`,
    remedy: `Set ES_JAVA_HOME to a JDK ${known.needs} or newer, or run \`bin/elasticsearch-plugin remove ${known.name}\`.`,
  }),
  plugin_not_one: (known: { path: string; isFolder: boolean }) => ({
    exit: 3,
    message: known.isFolder
      ? `${known.path} is not a plugin: it has no plugin-descriptor.properties. Elasticsearch does not start with it.`
      : `${known.path} is a file. Elasticsearch does not start if its plugins folder contains anything but plugins.`,
    remedy: 'Move it out of the plugins folder. Install plugins with `bin/elasticsearch-plugin install`.',
  }),
  plugin_removal_unfinished: (known: { path: string; name: string }) => ({
    exit: 3,
    message: `${known.path} is left over from a removal of the plugin ${known.name} that did not finish.`,
    remedy: `Run \`bin/elasticsearch-plugin remove ${known.name}\` again.`,
  }),
  plugin_twice: (known: { name: string; paths: readonly string[] }) => ({
    exit: 3,
    message: `The plugin ${known.name} is installed more than once: ${known.paths.join(', ')}.`,
    remedy: 'Keep one of these folders and move the others out of the plugins folder.',
  }),
  plugin_dependency: (known: { name: string; path: string; missing: string }) => ({
    exit: 3,
    message: `The plugin ${known.name} (${known.path}) extends the plugin ${known.missing}, which is not installed.`,
    remedy: `Install ${known.missing}, or run \`bin/elasticsearch-plugin remove ${known.name}\`.`,
  }),
  plugin_broken: (known: { path: string; what: string }) => ({
    exit: 3,
    message: `The plugin in ${known.path} cannot be loaded: ${known.what}.`,
    remedy: 'Remove the plugin and install it again with `bin/elasticsearch-plugin`.',
  }),
  tls_store_lost: (known: { path: string; config: string; why: 'missing' | 'empty' | 'not a file' | 'denied' | 'outside' | 'damaged' }) => ({
    exit: 3,
    message: `The node cannot start: ${
      {
        missing: `its settings refer to ${known.path}, which does not exist.`,
        empty: `${known.path}, which its settings refer to, is empty.`,
        'not a file': `${known.path}, which its settings refer to, is not a file.`,
        denied: `the account that runs it cannot read ${known.path}.`,
        outside: `its settings refer to ${known.path}, and Elasticsearch reads certificates only in ${known.config}.`,
        damaged: `${known.path}, which its settings refer to, is damaged.`,
      }[known.why]
    }`,
    remedy: {
      missing: 'Restore the file from a backup.',
      empty: 'Restore the file from a backup.',
      'not a file': 'Restore the file from a backup.',
      denied: 'Let that account read the file.',
      outside: 'Copy the file into the config directory, and correct its path in elasticsearch.yml.',
      damaged: 'Restore the file from a backup.',
    }[known.why],
  }),
  tls_store_locked: (known: { path: string; entry: string; isSet: boolean }) => ({
    exit: 3,
    message: `The node cannot start: ${
      known.isSet
        ? `the password in elasticsearch.keystore (${known.entry}) does not open ${known.path}.`
        : `elasticsearch.keystore does not contain the password of ${known.path} (${known.entry}).`
    }`,
    remedy: `Restore elasticsearch.keystore and the certificates from the same backup, or enter the password with \`bin/elasticsearch-keystore add ${known.entry}\`.`,
  }),
  tls_files_anew: (known: { home: string }) => ({
    exit: 3,
    message: `The certificates of ${known.home} cannot be used.`,
    remedy:
      'Restore config/certs and elasticsearch.keystore from the same backup. Without a backup: this node has no data yet, ' +
      'so run `firstnode prepare` to remove its security settings, then set it up again.',
  }),
  reserved_realm_off: (known: { name: string }) => ({
    exit: 3,
    message: `${known.name} is false, so there is no elastic user to log in with.`,
    remedy: `Remove ${known.name} from elasticsearch.yml.`,
  }),
  plugins_yml: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is only for the Docker image. Elasticsearch does not start with it elsewhere.`,
    remedy: 'Move the file away, and install plugins with `bin/elasticsearch-plugin install`.',
  }),
  log4j_missing: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} does not exist. Elasticsearch does not start without it.`,
    remedy: 'Restore the file from the Elasticsearch archive.',
  }),
  log4j_unreadable: (known: { path: string }) => ({
    exit: 3,
    message: `The account that runs the node cannot read ${known.path}.`,
    remedy: 'Let that account read the file.',
  }),
  log4j_malformed: (known: { path: string; line: number }) => ({
    exit: 3,
    message: `${known.path} is not valid in line ${known.line}: \\u must be followed by four hexadecimal digits.`,
    remedy: 'Correct the line. Write a backslash as \\\\, also in Windows paths.',
  }),
  log4j_refused: (known: { path: string; property: string; value: string | null }) => ({
    exit: 3,
    message:
      known.value === null
        ? `${known.path} does not set ${known.property}, which Log4j requires.`
        : `${known.path} sets ${known.property} to "${known.value}", which Log4j rejects.`,
    remedy:
      known.value === null
        ? `Add ${known.property}, or remove all lines that begin with ${known.property.slice(0, known.property.lastIndexOf('.'))}.`
        : 'Correct the value, or remove the line.',
  }),
  heap_above_memory: (known: { heap: string; place: string; memoryBytes: number }) => ({
    exit: 3,
    message: `The maximum heap ${known.heap} (${known.place}) is larger than the memory of this machine (${inBytes(known.memoryBytes)}).`,
    remedy: 'The node starts, but the system may end it when the heap grows. Choose at most half of the memory.',
  }),
})

function placeholderTrouble({ name, of }: { name: string; of: 'variable' | 'setting' | 'nothing' }): string {
  if (of === 'nothing') return 'which names neither a variable nor a setting'
  return of === 'variable' ? `but the environment variable ${name} is not set` : `but the setting ${name} has no value`
}

function placeholderRemedy({ key, name, of }: { key: string; name: string; of: 'variable' | 'setting' | 'nothing' }): string {
  const write = `write the value itself in place of \${${name}}`
  if (of === 'nothing') return `In ${key}, ${write}, then try again.`
  if (of === 'setting') return `Set ${name} in ${yml}, or ${write}, then try again.`
  return `Set ${name} in the environment that Elasticsearch starts in, or ${write}, then try again.`
}
