import { mutantsOf } from './mutant.ts'

const client = { unit: ['engine/cluster/client.test.ts'] }
const token = { unit: ['engine/enroll/token-connection.test.ts'] }

/** A cluster is proved by its CA before it gets a password, a key or a token. */
export const clusterMutants = [
  ...mutantsOf('engine/cluster/client.ts', client, ['certificates that are looked at, whatever the environment says', '    rejectUnauthorized: true,\n', '']),
  ...mutantsOf('engine/cluster/https-call.ts', client, ['certificates that are looked at, whatever the environment says', '        rejectUnauthorized: true,\n', '']),
  ...mutantsOf('engine/download/network.ts', { unit: ['engine/download/install.test.ts'] }, ['certificates that are looked at, whatever the environment says', ', rejectUnauthorized: true }', ' }']),
  ...mutantsOf('engine/enroll/tls-socket.ts', token, ['a certificate of the CA of the token', '{ ca: caPem, rejectUnauthorized: true, ...', '{ ca: caPem, rejectUnauthorized: false, ...']),
  ...mutantsOf('engine/enroll/presented-ca.ts', token, ['the fingerprint of the token', 'if (seen === fingerprint.toLowerCase()) return', 'if (seen.length === fingerprint.length) return']),
  ...mutantsOf('engine/enroll/transport-peer.ts', { unit: ['engine/enroll/transport-peer.test.ts'] }, ['a node of the cluster', 'caPem: toPem(identity.transportCa)', 'caPem: null']),
  ...mutantsOf(
    'engine/enroll/token-connection.ts',
    token,
    ['an address that is proved before it is used', 'const proved = await openTls({ peer, caPem: presented.caPem, signal, withinMs: handshakeWithinMs })', 'const proved = await openTls({ peer, caPem: null, signal, withinMs: handshakeWithinMs })'],
    ['a key that goes out on a proved connection alone', 'const socket = await openTls({ peer: peerOf(address), caPem, signal, withinMs: handshakeWithinMs })', 'const socket = await openTls({ peer: peerOf(address), caPem: null, signal, withinMs: handshakeWithinMs })'],
  ),
]
