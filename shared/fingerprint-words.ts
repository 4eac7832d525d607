/** What a CA fingerprint is good for, and what it is not: docs/security.md, tried with the clients themselves. The same words on every surface. */
export const fingerprintWords = {
  what: "The SHA-256 fingerprint of this cluster's CA certificate. Clients can use it to check the cluster without the certificate file.",
  limit:
    'It does not protect equally with every client. The clients for Python, JavaScript, Java, Go and Ruby only check that the CA certificate is presented, not that it signed the certificate of the node: '
    + 'anyone who can intercept the connection could present it too. With those clients, use the CA certificate file. Beats, Elastic Agent and Logstash verify the whole chain with it.',
} as const
