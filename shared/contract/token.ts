import { z } from 'zod'

/** What stock's `elasticsearch-create-enrollment-token` takes, beside where it asks. */
export const tokenWish = {
  scope: z.enum(['node', 'kibana']),
  /** of a protected elasticsearch.keystore, in which the way to the certificate authority is kept */
  keystorePassword: z.string().optional(),
  /** also where the health of the cluster is red */
  force: z.boolean().optional(),
  /** settings that stand above elasticsearch.yml */
  settings: z.record(z.string(), z.string()).optional(),
}
