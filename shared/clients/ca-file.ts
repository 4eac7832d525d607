import type { ClientNode } from './client-node.ts'

/** What a way that reads the CA certificate from a file needs: that file, where the client runs and under its account. */
export function caFile({ caCertificate }: Pick<ClientNode, 'caCertificate'>): string[] {
  if (/\.(?:p12|pfx|pkcs12|jks|keystore)$/i.test(caCertificate)) {
    return [`The CA certificate is in ${caCertificate}, a store that this client cannot read. Save it as http_ca.crt (firstnode show --json prints it as caPem), and use the path of that file.`]
  }
  return [`Reads the CA certificate from ${caCertificate}. On another machine, or for another account, copy the file and use the path of the copy. The certificate is not a secret.`]
}
