import { type AnswerField, catalogue } from './catalogue.ts'
import { wordsOfPortFault, type PortFault } from './port-fault.ts'

type Layer = 'HTTP' | 'transport'
const portField = (layer: Layer): AnswerField => (layer === 'HTTP' ? 'httpPort' : 'transportPort')

/** Problems of the room `node`. */
export const nodeProblems = catalogue({
  java_missing: (known: { home: string; version: string; min: number }) => ({
    exit: 3,
    message: `No Java was found that Elasticsearch ${known.version} in ${known.home} runs on.`,
    remedy: `Install a JDK ${known.min} or newer, or set ES_JAVA_HOME to the folder of one.`,
  }),
  launch_failed: (known: { executable: string; why: string }) => ({
    exit: 4,
    message: `The Java program ${known.executable} could not be started: ${known.why}.`,
    remedy: 'See that the account that runs the node may reach and execute it, or set ES_JAVA_HOME to another JDK.',
  }),
  already_running: (known: { home: string; pid: number }) => ({
    exit: 3,
    message: `The node in ${known.home} runs already, as process ${known.pid}.`,
    remedy: 'Use the running node, or stop it first.',
  }),
  runs_secured: (known: { version: string; url: string; pid: number }) => ({
    exit: 3,
    message: `Elasticsearch ${known.version} is already running, secured, at ${known.url} (process ${known.pid}).`,
    remedy: 'Use the running node, or stop it first.',
  }),
  runs_unsecured: (known: { version: string; url: string; pid: number }) => ({
    exit: 3,
    message: `Elasticsearch ${known.version} is already running, without security, at ${known.url} (process ${known.pid}).`,
    remedy: 'Stop the node, then check again whether it can be set up with security.',
  }),
  runs_without_tls: (known: { version: string; url: string; pid: number }) => ({
    exit: 3,
    message:
      `Elasticsearch ${known.version} is already running at ${known.url} (process ${known.pid}). ` +
      'Its settings do not turn on TLS for clients.',
    remedy: 'Turn on xpack.security.http.ssl in elasticsearch.yml, or let only this machine reach the node.',
  }),
  runs_not_answering: (known: { version: string; url: string; pid: number }) => ({
    exit: 3,
    message: `Elasticsearch ${known.version} is running (process ${known.pid}), but does not answer at ${known.url} yet.`,
    remedy: 'If it was just started, wait a moment and check again. Otherwise read its log.',
  }),
  not_running: (known: { home: string; to?: string }) => ({
    exit: 3,
    message: `No node runs from ${known.home}.`,
    remedy: known.to === undefined ? 'There is nothing to stop. Start it where it should run.' : `Start it to ${known.to}: in the wizard, or with \`firstnode start --home …\`.`,
  }),
  not_yours_to_stop: (known: { pid: number; owner: string; caller: string }) => ({
    exit: 3,
    message: `Process ${known.pid} belongs to ${known.owner}; ${known.caller} may not stop it.`,
    remedy: `Stop it as ${known.owner} or as root.`,
  }),
  stop_failed: (known: { pid: number; seconds: number }) => ({
    exit: 4,
    message: `Process ${known.pid} is still there ${known.seconds} s after it was killed.`,
    remedy: 'The system holds it, most often for a disk that does not answer. Look at the disk; a restart of the machine ends it.',
  }),
  service_failed: (known: { command: string; why: string }) => ({
    exit: 4,
    message: `${known.command} failed: ${known.why}`,
    remedy: 'Read the reason with: journalctl -u elasticsearch --since "10 min ago"',
  }),
  service_needs_root: (known: { command: string }) => ({
    exit: 3,
    message: `This Elasticsearch was installed as a package and is run by the system: ${known.command} needs root.`,
    remedy: 'Call Firstnode with sudo.',
  }),
  windows_service_runs: (known: { home: string; name: string }) => ({
    exit: 3,
    message: `The node in ${known.home} is run by the Windows service ${known.name}, which Firstnode neither starts nor stops.`,
    remedy: `Stop it in Services, or as an administrator with: sc.exe stop ${known.name}`,
  }),
  service_keystore_password: (known: { config: string }) => ({
    exit: 3,
    message: `The keystore in ${known.config} has a password, and this Elasticsearch is run by the system.`,
    remedy:
      'Give systemd the password as the documentation says: a file named by ES_KEYSTORE_PASSPHRASE_FILE, set with systemctl set-environment.',
  }),
  start_failed: (known: { home: string; how: string }) => ({
    exit: 4,
    message: `The node in ${known.home} ended while it was starting (${known.how}), and its log does not say why in words known here.`,
    remedy: 'Read the last lines of its log: they say what it died of.',
  }),
  start_refused: (known: { home: string; why: string }) => ({
    exit: 4,
    message: `The node in ${known.home} ended while it was starting: ${known.why}`,
    remedy: 'Correct what it names, then start it again.',
  }),
  node_killed: (known: { signal: string }) => ({
    exit: 4,
    message: `The node was ended from outside while it was starting (${known.signal}).`,
    remedy: 'Start it again. If it happens again, look in the log of the system for who ended it.',
  }),
  out_of_memory_killed: (_: object) => ({
    exit: 4,
    message: 'The system ran out of memory while the node was starting, and killed it.',
    remedy: 'Free memory, or choose a smaller heap (512m is enough to begin with), then start again.',
  }),
  not_enough_memory: (known: { what: string }) => ({
    exit: 4,
    message: `There is too little memory for the node: ${known.what}`,
    remedy: 'Choose a smaller heap (512m is enough to begin with) or free memory, then start again.',
  }),
  heap_exhausted: (_: object) => ({
    exit: 4,
    message: 'The heap of the node was full before it was up.',
    remedy: 'Choose a larger heap (1g), then start again.',
  }),
  bad_jvm_option: (known: { what: string; place: string | null }) => ({
    exit: 4,
    message: `A Java option is invalid${known.place === null ? '' : ` (${known.place})`}: ${known.what}`,
    remedy: `Correct or remove it in ${known.place ?? 'jvm.options, jvm.options.d or ES_JAVA_OPTS'}, then start again.`,
  }),
  start_file_missing: (known: { path: string }) => ({
    exit: 4,
    message: `${known.path} does not exist. Elasticsearch does not start without it.`,
    remedy: 'Restore the file, from a backup or from the Elasticsearch archive, then start again.',
  }),
  start_incomplete: (known: { home: string; what: string }) => ({
    exit: 4,
    message: `Files of Elasticsearch are missing in ${known.home}: ${known.what} was not found.`,
    remedy: 'Unpack the archive again and move config and data over, or restore the missing files from it.',
  }),
  start_logging: (known: { path: string; what: string }) => ({
    exit: 4,
    message: `Elasticsearch could not set up its log by ${known.path}: ${known.what}`,
    remedy: 'Correct the file, or restore the log4j2.properties of the Elasticsearch archive, then start again.',
  }),
  start_plugin_version: (known: { name: string; madeFor: string; version: string }) => ({
    exit: 4,
    message: `The plugin ${known.name} was built for Elasticsearch ${known.madeFor}, not for ${known.version}.`,
    remedy: `Run \`bin/elasticsearch-plugin remove ${known.name}\`, install the plugin for ${known.version}, then start again.`,
  }),
  start_plugin_java: (known: { name: string; needs: string; java: string }) => ({
    exit: 4,
    message: `The plugin ${known.name} requires Java ${known.needs}; the node ran on Java ${known.java}.`,
    remedy: `Set ES_JAVA_HOME to a JDK ${known.needs} or newer, or run \`bin/elasticsearch-plugin remove ${known.name}\`.`,
  }),
  start_plugin_stray: (known: { path: string }) => ({
    exit: 4,
    message: `${known.path} is not a plugin. Elasticsearch does not start if its plugins folder contains anything else.`,
    remedy: 'Move it out of the plugins folder, then start again.',
  }),
  start_plugin_removal: (known: { path: string; name: string }) => ({
    exit: 4,
    message: `${known.path} is left over from a removal of the plugin ${known.name} that did not finish.`,
    remedy: `Run \`bin/elasticsearch-plugin remove ${known.name}\` again, then start again.`,
  }),
  start_plugin_broken: (known: { what: string }) => ({
    exit: 4,
    message: `Elasticsearch could not load one of its plugins: ${known.what}`,
    remedy: 'Remove that plugin with `bin/elasticsearch-plugin remove`, install it again, then start again.',
  }),
  start_plugins_yml: (known: { path: string }) => ({
    exit: 4,
    message: `${known.path} is only for the Docker image. Elasticsearch does not start with it elsewhere.`,
    remedy: 'Move the file away, and install plugins with `bin/elasticsearch-plugin install`.',
  }),
  start_placeholder: (known: { name: string }) => ({
    exit: 4,
    message: `elasticsearch.yml refers to \${${known.name}}, which is neither an environment variable of the node nor a setting.`,
    remedy: `Set the environment variable ${known.name} before the start, or write the value itself.`,
  }),
  wrong_java: (known: { what: string }) => ({
    exit: 4,
    message: `This Elasticsearch does not run on this Java: ${known.what}`,
    remedy: 'Set ES_JAVA_HOME to a JDK this version supports: 17 to 23 for 8.x, 21 or newer for 9.x. The one that comes with it always fits.',
  }),
  node_port_taken: (known: { address: string }) => ({
    exit: 4,
    message: `Something else listens on ${known.address} already.`,
    remedy: 'Stop what listens there, or give the node another port (http.port, transport.port).',
  }),
  address_not_here: (known: { address: string }) => ({
    exit: 4,
    message: `The node is to listen on ${known.address}, which is no address of this machine.`,
    remedy: 'Set network.host, http.host or transport.host to an address this machine has, or leave them out.',
  }),
  bootstrap_check: (known: { what: string }) => ({
    exit: 4,
    message: `Elasticsearch checks more strictly once other machines can reach its transport, and refused to start: ${known.what}`,
    remedy: 'Change what it names, or keep transport.host on this machine.',
  }),
  max_map_count: (known: { value: string }) => ({
    exit: 4,
    message: `vm.max_map_count is ${known.value}; a node that other machines can join needs 262144.`,
    remedy: 'As root: sysctl -w vm.max_map_count=262144, and the same line in /etc/sysctl.d/ so that it lasts.',
  }),
  max_files: (known: { value: string }) => ({
    exit: 4,
    message: `The node may open ${known.value} files; one that other machines can join needs 65535.`,
    remedy: 'Raise the limit of the account that runs it: nofile in /etc/security/limits.conf, then log in anew.',
  }),
  disk_read_only: (known: { path: string }) => ({
    exit: 4,
    message: `The file system of ${known.path} is read-only.`,
    remedy: 'Mount it so that it can be written, or set path.data and path.logs to another disk.',
  }),
  disk_full: (known: { path: string }) => ({
    exit: 4,
    message: `The disk of ${known.path} is full.`,
    remedy: 'Free space on it, then start again.',
  }),
  node_lock_held: (known: { path: string }) => ({
    exit: 4,
    message: `Another node holds the data in ${known.path}.`,
    remedy: 'Stop that node, or give this one a data folder of its own (path.data).',
  }),
  tls_file_missing: (known: { path: string }) => ({
    exit: 4,
    message: `The settings refer to ${known.path}, which does not exist.`,
    remedy: 'Restore the file from a backup, or remove the TLS settings that refer to it.',
  }),
  tls_file_outside: (known: { path: string; config: string }) => ({
    exit: 4,
    message: `Elasticsearch reads certificates and keys only in its config directory, not ${known.path}.`,
    remedy: `Copy the file to ${known.config}, and correct its path in elasticsearch.yml.`,
  }),
  tls_password_missing: (known: { path: string; entry: string }) => ({
    exit: 4,
    message: `${known.path} has a password, and elasticsearch.keystore does not contain it.`,
    remedy: `Run \`bin/elasticsearch-keystore add ${known.entry}\` and enter the password of the file, or restore elasticsearch.keystore from a backup.`,
  }),
  tls_password_wrong: (known: { path: string; entry: string }) => ({
    exit: 4,
    message: `elasticsearch.keystore does not contain the password that opens ${known.path}.`,
    remedy: `Run \`bin/elasticsearch-keystore add --force ${known.entry}\` and enter the password of the file, or restore the file and the keystore from the same backup.`,
  }),
  secure_setting_wrong: (known: { what: string }) => ({
    exit: 4,
    message: `A certificate store does not open: ${known.what}`,
    remedy: 'The file was exchanged, or its password in elasticsearch.keystore belongs to another one. Put both back together.',
  }),
  unknown_setting: (known: { settings: readonly { name: string; meant: string | null }[] }) => ({
    exit: 4,
    message: `Elasticsearch does not know ${known.settings.length === 1 ? 'this setting' : 'these settings'} in elasticsearch.yml: ${known.settings
      .map(({ name, meant }) => (meant === null ? name : `${name} (did you mean ${meant}?)`))
      .join(', ')}.`,
    remedy: `Correct ${known.settings.length === 1 ? 'its name or remove it' : 'their names or remove them'}, then start again. Settings of plugins need the plugin; others were removed in this version.`,
  }),
  unknown_secure_setting: (known: { names: readonly string[]; path: string }) => ({
    exit: 4,
    message: `Elasticsearch does not know ${known.names.length === 1 ? 'this entry' : 'these entries'} of ${known.path}: ${known.names.join(', ')}.`,
    remedy: `Run \`bin/elasticsearch-keystore remove ${known.names.join(' ')}\`, or install the plugin that needs ${known.names.length === 1 ? 'it' : 'them'}.`,
  }),
  setting_belongs_in_keystore: (known: { names: readonly string[]; path: string }) => ({
    exit: 4,
    message: `${known.names.join(', ')} ${known.names.length === 1 ? 'is a secret and belongs' : 'are secrets and belong'} in ${known.path}, not in elasticsearch.yml.`,
    remedy: `Remove ${known.names.length === 1 ? 'it' : 'them'} from elasticsearch.yml, and run \`bin/elasticsearch-keystore add ${known.names[0] ?? ''}\`.`,
  }),
  setting_belongs_in_yml: (known: { names: readonly string[]; path: string }) => ({
    exit: 4,
    message: `${known.names.join(', ')} ${known.names.length === 1 ? 'is not a secret and belongs' : 'are not secrets and belong'} in elasticsearch.yml, not in ${known.path}.`,
    remedy: `Run \`bin/elasticsearch-keystore remove ${known.names.join(' ')}\`, then start again.`,
  }),
  roles_against_data: (known: { what: string }) => ({
    exit: 4,
    message: `The data folder contains data that a node with these roles cannot hold: ${known.what}`,
    remedy: 'Give the node its former node.roles, or run `bin/elasticsearch-node repurpose` to delete that data.',
  }),
  memory_not_locked: (_: object) => ({
    exit: 4,
    message: 'bootstrap.memory_lock is true, but the account that runs the node may not lock its memory.',
    remedy: 'Raise memlock for the account in /etc/security/limits.conf and log in again, or remove bootstrap.memory_lock.',
  }),
  interface_unknown: (known: { name: string; valid: string }) => ({
    exit: 4,
    message: `The node is to listen on ${known.name}, but this machine has no such network interface.`,
    remedy: `Use one of ${known.valid}, or an IP address.`,
  }),
  no_loopback: (_: object) => ({
    exit: 4,
    message: 'No loopback interface is up on this machine, so the node has no address to listen on.',
    remedy: 'Bring it up (as root: `ip link set lo up`), or set network.host to an address of this machine.',
  }),
  cluster_mismatch: (known: { own: string; other: string }) => ({
    exit: 4,
    message: `The data folder belongs to cluster ${known.own}, but the node tried to join cluster ${known.other}.`,
    remedy: 'Correct cluster.name and discovery.seed_hosts, or give the node an empty data folder (path.data).',
  }),
  native_access: (known: { what: string }) => ({
    exit: 4,
    message: `Elasticsearch could not load its native libraries: ${known.what}`,
    remedy: 'Set ES_TMPDIR to a folder that the account can write to and that is not mounted noexec, then start again.',
  }),
  bad_setting: (known: { what: string }) => ({
    exit: 4,
    message: `Elasticsearch refuses its settings: ${known.what}`,
    remedy: 'Correct it in elasticsearch.yml, then start again.',
  }),
  data_of_another_version: (known: { what: string }) => ({
    exit: 4,
    message: `The data folder was written by a version this one cannot read: ${known.what}`,
    remedy: 'Start the version that wrote it and upgrade step by step, or give this node a data folder of its own (path.data).',
  }),
  node_permission_denied: (known: { path: string }) => ({
    exit: 4,
    message: `The account that runs the node may not read or write ${known.path}.`,
    remedy: 'Give it to that account (chown), or start the node as the account it belongs to.',
  }),
  runs_as_root: (_: object) => ({
    exit: 3,
    message: 'Elasticsearch refuses to run as root.',
    remedy: 'Choose another account with --user, or give the folder to one (chown -R).',
  }),
  not_answering: (known: { url: string; seconds: number; last: string }) => ({
    exit: 6,
    message: `The node at ${known.url} did not answer as it should within ${known.seconds} s: ${known.last}`,
    remedy: 'It may still be at work: ask again with status, and read its log.',
  }),
  stopped_not_answering: (known: { said: string }) => ({
    exit: 6,
    message: known.said,
    remedy: 'The node was stopped. Read the log of this start for what kept it, and start again, with less running beside it if the machine was busy.',
  }),
  stopped_wrong_password: (known: { said: string }) => ({
    exit: 6,
    message: known.said,
    remedy: 'The node was stopped. Look for settings of xpack.security.authc in elasticsearch.yml that replace or disable the built-in users.',
  }),
  bad_heap: (known: { heap: string; why: string }) => ({
    exit: 3,
    message: `The heap size ${known.heap} cannot be used: ${known.why}.`,
    remedy: 'Enter a size such as 512m or 1g, at most half of the memory.',
    field: 'heap',
  }),
  bad_port: (known: { port: string }) => ({
    exit: 3,
    message: `${known.port} is no port.`,
    remedy: 'Give a number from 1 to 65535.',
  }),
  equal_ports: (known: { port: number }) => ({
    exit: 3,
    message: `HTTP and transport cannot both use port ${known.port}.`,
    remedy: 'Choose two different ports; the defaults are 9200 and 9300.',
    field: 'transportPort',
  }),
  port_taken: (known: { ports: string; layer: Layer; setting: string | null }) => ({
    exit: 3,
    message: /^\d+$/.test(known.ports)
      ? `Port ${known.ports} (${known.layer}) is already in use.`
      : `All of the ports ${known.ports} (${known.layer}) are already in use.`,
    remedy: known.setting === null
      ? 'Choose another port, or leave it empty to use the next free one.'
      : `Stop the program that uses it, or change ${known.setting} in elasticsearch.yml.`,
    field: portField(known.layer),
  }),
  further_port_taken: (known: { setting: string; text: string }) => ({
    exit: 3,
    message: `${known.setting} is set to ${known.text}, but that port is already in use.`,
    remedy: `Stop the program that uses the port, or choose another for ${known.setting} in elasticsearch.yml.`,
  }),
  port_setting_invalid: (known: { setting: string; text: string; fault: PortFault }) => ({
    exit: 3,
    message: `${known.setting} in elasticsearch.yml is "${known.text}", which ${wordsOfPortFault(known.fault)}. Elasticsearch cannot start.`,
    remedy: `Set ${known.setting} to a number from 1 to 65535 or to a range, or remove it.`,
  }),
  no_free_port: (known: { from: number; layer: Layer }) => ({
    exit: 3,
    message: `There is no free port for ${known.layer} from ${known.from} on.`,
    remedy: 'Choose a free one.',
    field: portField(known.layer),
  }),
})
