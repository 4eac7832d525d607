import { labelled, type Row } from './labels.ts'
import type { Style } from './style.ts'
import { printable } from './text.ts'

/** What `join --json` prints, its keys in this order. Times in ms. */
export interface JoinResult {
  readonly node: string | null
  readonly clusterName: string | null
  readonly url: string
  readonly caFingerprint: string
  readonly caCertificate: string
  readonly pid: number | null
  /** as the cluster lists them */
  readonly nodes: readonly { readonly name: string; readonly address: string; readonly version: string; readonly master: boolean }[]
  readonly timings: Readonly<Record<string, number>>
}

/** A node that joined, for a person: where it answers, and the cluster with it. */
export function joinedPage(result: JoinResult, style: Style): string {
  const { node, clusterName, url, caFingerprint, caCertificate, nodes } = result
  const rows: Row[] = [
    ['Address', url],
    ['CA fingerprint', caFingerprint],
    ['CA certificate', printable(caCertificate)],
  ]
  const listed = nodes.map(({ name, address, version, master }) => {
    const line = `${printable(name)}  ${style.dim(printable(`${address}  ${version}${master ? '  master' : ''}`))}`
    return `  ${name === node ? style.good(style.signs.done) : style.dim(style.signs.dot)} ${name === node ? style.bold(line) : line}`
  })
  return [
    `${style.good(style.signs.done)} ${style.bold(printable(`"${node ?? ''}" is a node of the cluster "${clusterName ?? ''}".`))} Its users and passwords are those of the cluster.`,
    labelled(rows, style),
    `${style.bold('The cluster lists')}\n${listed.join('\n')}`,
  ].join('\n\n') + '\n'
}
