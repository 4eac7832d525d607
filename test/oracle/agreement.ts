import type { PreflightReport, Verdict } from '../../shared/contract/preflight.ts'
import type { Configuration } from './configurations.ts'
import { askOurs } from './ours.ts'
import { askStock, type StockAnswer, type StockTree } from './stock.ts'

/**
 * What an exit status of stock's tool means: 0, configured; 73, 78 and 80 let the node start all the same; with any other the
 * start ends there (seeds: "Cases when security auto configuration is skipped"; ServerCli.autoConfigureSecurity).
 */
export function verdictOf({ exit }: Pick<StockAnswer, 'exit'>): Verdict {
  if (exit === 0) return 'ready'
  return [73, 78, 80].includes(exit) ? 'skipped' : 'blocked'
}

/** Why a report does not agree with stock, in a line; null where it does. A listed exception agrees when it differs from stock. */
export function disagreement(configuration: Configuration, stock: StockAnswer, ours: PreflightReport): string | null {
  const wanted = verdictOf(stock)
  const said = `${configuration.name}: stock ${stock.exit} (${stock.says}), ours ${ours.verdict} (${ours.decidedBy ?? '-'}: ${ours.reason ?? '-'})`
  if (configuration.exception !== undefined) return (wanted === 'ready') === (ours.verdict === 'ready') ? `no exception after all: ${said}` : null
  const refined = configuration.fails !== undefined && wanted === 'skipped' && ours.verdict === 'blocked'
  const foreseen = ours.verdict === 'blocked' && wanted !== 'blocked' && configuration.foreseenBy?.includes(ours.decidedBy ?? '') === true
  if (ours.verdict !== wanted && !refined && !foreseen) return said
  if (configuration.decidedBy !== undefined && ours.decidedBy !== configuration.decidedBy) return `decided by another check: ${said}`
  return null
}

/** Asks both about each configuration; a line for each difference. */
export async function differences(tree: StockTree, configurations: readonly Configuration[]): Promise<string[]> {
  const lines: string[] = []
  for (const configuration of configurations) {
    const [stock, ours] = [await askStock(tree, configuration), await askOurs(tree.version, configuration)]
    const line = disagreement(configuration, stock, ours)
    if (line !== null) lines.push(`${tree.version}  ${line}`)
    console.log(`${tree.version}  ${String(stock.exit).padStart(3)}  ${line === null ? 'agrees' : 'DIFFERS'}  ${configuration.name}`)
  }
  return lines
}
