import { z } from 'zod'
import { nodeTarget } from './target.ts'

/**
 * Who gets a new password. `elasticPassword`: the present one of the elastic user, where somebody has it; then the REST API alone is used, else the file
 * realm. `password`: the new one; where it is left out a strong one is made. `keystorePassword` opens elasticsearch.keystore, in which the way to the CA is kept.
 */
export const passwordWish = z.object({
  target: nodeTarget,
  username: z.string().min(1).default('elastic'),
  elasticPassword: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  keystorePassword: z.string().optional(),
  url: z.string().optional(),
})

/**
 * `how` it was set; `answered`: Elasticsearch said so, or accepted it. Where it did not, the change was sent, and may have been made or may still be: both passwords are to be kept.
 * `proved`: it accepted the new one (not so for a user that is disabled). `handedOver`: somebody has it, so it need not be shown again.
 */
export const newPassword = z.object({
  username: z.string(),
  password: z.string(),
  how: z.enum(['elastic-password', 'file-realm']),
  answered: z.boolean(),
  proved: z.boolean(),
  handedOver: z.boolean(),
})
export type NewPassword = z.infer<typeof newPassword>
