import { z } from 'zod'

export const product = z.enum(['elasticsearch', 'kibana'])
export type Product = z.infer<typeof product>

/** From where, where it is not the vendor's own address as this machine reaches it: a mirror that stands in its place, and the PEM file of a company's own authority. */
export const downloadSource = z.object({
  mirror: z.string().min(1).max(2000).optional(),
  authority: z.string().min(1).optional(),
})
export type DownloadSource = z.infer<typeof downloadSource>

/** What can be downloaded for this machine: the newest of each supported major first, then all others from the newest on. */
export const downloadOffer = z.object({
  product,
  versions: z.array(z.object({ version: z.string(), major: z.number().int(), newest: z.boolean() })),
  /** the vendor's name of what runs here: `linux-x86_64` */
  build: z.string(),
  /** who gave the list: an address without an account */
  from: z.string(),
})
export type DownloadOffer = z.infer<typeof downloadOffer>

/** `version` left out: the newest. `into`: the folder that its home will lie in. `file`: an archive that is here already, so that nothing is downloaded. */
export const downloadWish = downloadSource.extend({
  product,
  version: z.string().min(1).max(50).optional(),
  into: z.string().min(1),
  user: z.string().min(1).optional(),
  file: z.string().min(1).optional(),
})
export type DownloadWish = z.infer<typeof downloadWish>
