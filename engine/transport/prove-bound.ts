import type { RunningNode } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { boundTransportInLog, hostOfBound, type BoundTransport } from '../node/bound-transport.ts'
import { portAnswers } from '../setup/port-answers.ts'
import { isEveryAddress, plainAddress, type BindAddresses } from './bind-addresses.ts'

/**
 * Sees that a node that was just started has bound transport to what was wanted: its log says so, and what it tells other nodes accepts connections. Null where its log
 * does not tell (`log4j2.properties` names other places). Problems: `transport_not_bound`, `transport_not_reached`.
 */
export async function proveBound(node: RunningNode, { addresses }: BindAddresses): Promise<BoundTransport | null> {
  const told = await boundTransportInLog(node.logFile, node.startedAt)
  if (told === null) return null
  const bound = told.bound.map((one) => plainAddress(hostOfBound(one)))
  const missing = addresses.filter((address) => (isEveryAddress(address) ? !bound.some(isEveryAddress) : !bound.includes(plainAddress(address)) && !bound.some(isEveryAddress)))
  if (missing.length > 0) throw problem('transport_not_bound', { wanted: missing, bound: told.bound })
  if (!(await portAnswers(`http://${told.published}`))) throw problem('transport_not_reached', { address: told.published })
  return told
}
