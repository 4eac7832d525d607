import { mutantsOf } from './mutant.ts'

const client = { unit: ['engine/cluster/client.test.ts'] }
const token = { unit: ['engine/enroll/token-connection.test.ts'] }
const lookedAt = 'certificates that are looked at, whatever the environment says'

/** A cluster is proved by its CA before it gets a password, a key or a token. */
export const clusterMutants = [
  ...mutantsOf('engine/security/node-tls.ts', client, [lookedAt, '    rejectUnauthorized: true,\n', '']),
  ...mutantsOf('engine/cluster/client.ts', client, [lookedAt, '...tlsOptions(to),', '...tlsOptions(to), rejectUnauthorized: false,']),
  ...mutantsOf('engine/cluster/https-call.ts', client, [lookedAt, '...tlsOptions(call),', '...tlsOptions(call), rejectUnauthorized: false,']),
  ...mutantsOf('engine/download/network.ts', { unit: ['engine/download/install.test.ts'] }, [lookedAt, ', rejectUnauthorized: true }', ' }']),
  ...mutantsOf('engine/enroll/tls-socket.ts', token, ['a certificate of the CA of the token', ': tlsOptions({ caPem, own })', ': { ...tlsOptions({ caPem, own }), rejectUnauthorized: false }']),
  ...mutantsOf('engine/enroll/presented-ca.ts', token, ['the fingerprint of the token', 'if (seen === fingerprint.toLowerCase()) return', 'if (seen.length === fingerprint.length) return']),
  ...mutantsOf('engine/enroll/transport-peer.ts', { unit: ['engine/enroll/transport-peer.test.ts'] }, ['a node of the cluster', 'caPem: toPem(identity.transportCa)', 'caPem: null']),
  ...mutantsOf(
    'engine/enroll/token-connection.ts',
    token,
    ['an address that is proved before it is used', 'const proved = await openTls({ peer, caPem: presented.caPem, signal, withinMs: handshakeWithinMs })', 'const proved = await openTls({ peer, caPem: null, signal, withinMs: handshakeWithinMs })'],
    ['a key that goes out on a proved connection alone', 'const socket = await openTls({ peer: peerOf(address), caPem, signal, withinMs: handshakeWithinMs })', 'const socket = await openTls({ peer: peerOf(address), caPem: null, signal, withinMs: handshakeWithinMs })'],
  ),
]
