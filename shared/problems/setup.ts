import { catalogue } from './catalogue.ts'

/** Problems of the way through: verdicts, set-ups that are not there, undo. */
export const setupProblems = catalogue({
  skipped: (known: { home: string; reason: string; remedy: string }) => ({
    exit: 3,
    message: `Elasticsearch would start ${known.home} without configuring security. ${known.reason}`,
    remedy: known.remedy,
  }),
  blocked: (known: { home: string; reason: string; remedy: string }) => ({
    exit: 3,
    message: `The node in ${known.home} cannot be set up. ${known.reason}`,
    remedy: known.remedy,
  }),
  nothing_can_be_undone: (known: { home: string; reason: string; remedy: string }) => ({
    exit: 3,
    message: `Firstnode cannot undo what stands in the way in ${known.home}. ${known.reason}`,
    remedy: known.remedy,
  }),
  in_use_not_undone: (known: { home: string; reason: string; remedy: string }) => ({
    exit: 3,
    message: `Nothing is undone in ${known.home}. ${known.reason}`,
    remedy: known.remedy,
  }),
  configured_not_undone: (known: { home: string }) => ({
    exit: 3,
    message: `Security is configured in ${known.home} already, so nothing of it is undone.`,
    remedy: 'See what it has: choose it in the wizard, or `firstnode check --home …`.',
  }),
  no_such_setup: (_known: object) => ({
    exit: 3,
    message: 'This set-up is not known here: the wizard that began it has ended.',
    remedy: 'Go back to Find and choose the home again; a set-up that was begun is taken up there.',
  }),
  no_such_plan: (_known: object) => ({
    exit: 3,
    message: 'This plan is out of date: it was already applied, or a newer one was made.',
    remedy: 'Review the changes again, then apply them.',
  }),
  no_credentials_yet: (_known: object) => ({
    exit: 3,
    message: 'The node does not answer yet, so there are no credentials to show.',
    remedy: 'Wait until the start is done.',
  }),
  not_configured: (known: { home: string }) => ({
    exit: 3,
    message: `Security is not configured in ${known.home}.`,
    remedy: 'Set it up first: choose it in the wizard, or `firstnode up --home …`. A node without security is started by `firstnode up --as-is --home …`.',
  }),
  no_client_tls: (known: { home: string }) => ({
    exit: 3,
    message: `The settings of ${known.home} turn on no TLS for clients, so there is no certificate authority to trust and no enrollment token to make.`,
    remedy: 'Turn it on (xpack.security.http.ssl.enabled: true, with a certificate), and start the node again.',
  }),
  nothing_to_undo: (known: { home: string }) => ({
    exit: 3,
    message: `There is no set-up of Firstnode in ${known.home} to undo.`,
    remedy: 'Only what Firstnode itself has written can be taken back.',
  }),
  undo_would_lose_data: (known: { indices: string }) => ({
    exit: 3,
    message: `The cluster holds indices that are not Elasticsearch's own: ${known.indices}. Undoing the set-up would delete them.`,
    remedy: 'Delete those indices, or copy them to another cluster, then undo.',
  }),
  undo_other_cluster: (_known: object) => ({
    exit: 3,
    message: 'The data in this home was not formed by this set-up, so it is not deleted.',
    remedy: 'Stop the node and take care of the data directory by hand.',
  }),
  undo_other_nodes: (known: { nodes: string }) => ({
    exit: 3,
    message: `Other nodes have joined this cluster (${known.nodes}); undoing its first node would break it.`,
    remedy: 'Remove the other nodes first.',
  }),
  undo_absent_nodes: (known: { nodes: readonly string[] }) => ({
    exit: 3,
    message: `Other nodes have joined this cluster and are not running now: ${known.nodes.join(', ')}. Without this node they would have no master, and could be undone only by deleting their data. Nothing was changed.`,
    remedy: 'Start these nodes and undo them first. If they no longer exist, confirm that: --others-gone on the command line, "Undo without the other nodes" in the wizard.',
  }),
  undo_no_master: (known: { indices: readonly string[] }) => ({
    exit: 6,
    message: `The cluster has no master, so it cannot tell whether other nodes have a copy of the data on this node${known.indices.length === 0 ? '' : `, which holds at least these indices: ${known.indices.join(', ')}`}. Nothing was changed.`,
    remedy: 'Start the other nodes, then undo again. If they no longer exist, confirm that this node and its data are to be deleted: --others-gone on the command line, "Undo without the other nodes" in the wizard.',
  }),
  password_needed: (_known: object) => ({
    exit: 2,
    message: 'The password of the elastic user is needed for this.',
    remedy: 'Give it here; on the command line in ELASTIC_PASSWORD or with --password-stdin.',
  }),
  work_under_way: (known: { destination: string }) => ({
    exit: 5,
    message: `Something else is under way in ${known.destination} already.`,
    remedy: 'Wait until it is done or cancel it, then try again.',
  }),
  no_such_work: (_known: object) => ({
    exit: 3,
    message: 'This work is not known here: the wizard that began it has ended.',
    remedy: 'Go back to Find and begin it again; what it left half-made is removed then.',
  }),
  wait_for_setup: (known: { home: string }) => ({
    exit: 5,
    message: `A set-up of ${known.home} is under way in this window.`,
    remedy: 'Finish or cancel it first.',
  }),
})
