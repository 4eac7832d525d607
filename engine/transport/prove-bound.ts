import type { RunningNode } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { boundTransportInLog, hostOfBound, type BoundTransport } from '../node/bound-transport.ts'
import { portAnswers } from '../setup/port-answers.ts'
import { plainHost } from '../network/ip-address.ts'
import { isEveryAddress } from '../network/loopback.ts'
import type { BindAddresses } from './bind-addresses.ts'

/**
 * Sees that a node that was just started has bound transport to what was wanted: its log says so, and what it tells other nodes accepts connections. Null where its log
 * does not tell (`log4j2.properties` names other places). Problems: `transport_not_bound`, `transport_not_reached`.
 */
export async function proveBound(node: RunningNode, { addresses }: BindAddresses): Promise<BoundTransport | null> {
  const told = await boundTransportInLog(node.logFile, node.startedAt)
  if (told === null) return null
  const bound = told.bound.map(hostOfBound)
  const isBound = (address: string): boolean => bound.some((one) => isEveryAddress(one) || plainHost(one) === plainHost(address))
  const missing = addresses.filter((address) => !isBound(address))
  if (missing.length > 0) throw problem('transport_not_bound', { wanted: missing, bound: told.bound })
  if (!(await portAnswers(`http://${told.published}`))) throw problem('transport_not_reached', { address: told.published })
  return told
}
