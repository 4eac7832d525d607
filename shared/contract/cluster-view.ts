import { z } from 'zod'

export const clusterView = z.object({
  name: z.string(),
  uuid: z.string(),
  health: z.string(),
  nodes: z.array(z.object({ name: z.string(), address: z.string(), version: z.string(), elected: z.boolean() })),
})
export type ClusterView = z.infer<typeof clusterView>
