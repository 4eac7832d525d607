import { z } from 'zod'
import { nodeTarget } from './target.ts'

/** Every client that a snippet is made for, in the order in which they are shown. */
export const clientNames = ['curl', 'javascript', 'python', 'python-async', 'java', 'go', 'dotnet', 'ruby', 'php', 'perl', 'rust', 'beats', 'logstash', 'agent', 'kibana'] as const
export const clientName = z.enum(clientNames)
export type ClientName = z.infer<typeof clientName>

/** How a client knows the cluster: by the SHA-256 fingerprint of its CA, or by the CA's certificate in a file. */
export const trust = z.enum(['fingerprint', 'ca'])
export type Trust = z.infer<typeof trust>

/** One way to connect a client: what is written, and what the client then checks. */
export const clientWay = z.object({
  trust,
  code: z.string(),
  /** a sentence on what the client really checks with this code */
  checks: z.string(),
  /** sentences on what has to be there for this way: the CA's file where the code reads it, a version; often none */
  needs: z.array(z.string()),
})
export type ClientWay = z.infer<typeof clientWay>

/** A client connected to this cluster. `trust`, `code` and `checks` are the way that is recommended. */
export const clientSnippet = clientWay.extend({
  title: z.string(),
  /** what `install` does, as a title: `Install it` */
  installs: z.string(),
  /** one line for sh, run in the folder of the file */
  install: z.string(),
  /** the name of the file that `code` is saved as */
  file: z.string(),
  /** a sentence on where the file goes */
  place: z.string(),
  /** one line for sh that runs what was saved */
  run: z.string(),
  /** a sentence on what is to be seen then */
  outcome: z.string(),
  /** of `code`, for highlighting */
  language: z.enum(['sh', 'javascript', 'python', 'java', 'go', 'csharp', 'ruby', 'php', 'perl', 'rust', 'yaml', 'logstash']),
  /** the other way, where both work; null where the client has one alone, which `checks` says */
  other: clientWay.nullable(),
  /** `run`: this project's tests run it with the real client; `part`: with a real part of it; `schema`: compared with its documented settings alone */
  proved: z.enum(['run', 'part', 'schema']),
  /** sentences on what to know before, often none */
  notes: z.array(z.string()),
})
export type ClientSnippet = z.infer<typeof clientSnippet>

/** `target` null: with placeholders. `url`: where clients are to find the node, if not where its settings say. */
export const snippetsWish = z.object({
  target: nodeTarget.nullable(),
  url: z.string().max(2048).optional(),
  /** of a protected keystore; without it http_ca.crt answers */
  keystorePassword: z.string().optional(),
})

/** All clients for one node. The node need not run. */
export const clientSnippets = z.object({
  clients: z.record(clientName, clientSnippet),
  /** what stands in the snippets; placeholders where no node was named */
  url: z.string(),
  caFingerprint: z.string(),
  caCertificate: z.string(),
  placeholders: z.boolean(),
  /** addresses in the node's certificate, each a whole URL: what other machines may use instead */
  addresses: z.array(z.string()),
  /** what a person has to know of this node before: that it is stopped, that an address was replaced; often none */
  sentences: z.array(z.string()),
  /** Fleet Server and the agents that Fleet manages need nothing: says so */
  fleet: z.string(),
  /** "Next steps": where to read on, all within the addresses that may be opened outside */
  links: z.array(z.object({ title: z.string(), url: z.string() })),
})
export type ClientSnippets = z.infer<typeof clientSnippets>

/** What an API key may do: read all indices; read and write those whose names begin with `prefix`; everything. */
export const apiKeyAccess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read') }),
  z.object({ kind: z.literal('write'), prefix: z.string().max(200) }),
  z.object({ kind: z.literal('all') }),
])
export type ApiKeyAccess = z.infer<typeof apiKeyAccess>

/** An API key that is wished for, beside who asks. */
export const apiKeyWish = {
  name: z.string().max(1024),
  /** how long it lives: `30d`, `12h`, `90m`; null: until somebody takes it back */
  lifetime: z.string().max(20).nullable(),
  access: apiKeyAccess,
  /** of a protected elasticsearch.keystore, in which the way to the certificate authority is kept */
  keystorePassword: z.string().optional(),
}

/** A fresh API key: shown once, kept nowhere here. */
export const madeApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** as clients take it (`ELASTIC_API_KEY`): base64 of `id:api_key` */
  apiKey: z.string(),
  /** ms since 1970; `expiresAt` null where it does not end by itself */
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  /** one sentence each on what it may do, and until when */
  sentences: z.array(z.string()),
})
export type MadeApiKey = z.infer<typeof madeApiKey>
