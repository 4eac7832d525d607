import type { YamlFault } from '../../shared/problems/yaml-faults.ts'

/** A text that SnakeYAML or Elasticsearch refuses: what is wrong, and where (offset in UTF-16 units). */
export class YamlError extends Error {
  readonly fault: YamlFault | 'name_not_text' | 'too_large'
  readonly at: number

  constructor(fault: YamlFault | 'name_not_text' | 'too_large', at: number, options?: ErrorOptions) {
    super(`${fault} at ${at}`, options)
    this.fault = fault
    this.at = at
  }
}
