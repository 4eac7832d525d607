/** Why a setting names no port that could be bound. */
export type PortFault = 'not-a-port' | 'reversed' | 'out-of-range' | 'empty'

/** The fault as a clause that follows the setting. */
export function wordsOfPortFault(fault: PortFault): string {
  return words[fault]
}

const words: Readonly<Record<PortFault, string>> = {
  'not-a-port': 'is not a port, a range (9200-9300) or a comma-separated list of those',
  reversed: 'has a range whose end is lower than its start',
  'out-of-range': 'is above 65535, the highest port',
  empty: 'contains no port',
}
