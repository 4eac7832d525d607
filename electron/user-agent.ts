import { firstnodeVersion } from '../engine/version.ts'

/** Electron's user agent with our name and version in it, which in a checkout are Electron's own, or missing. */
export function userAgentOf(electrons: string): string {
  return electrons.replace(/(?: (?:Firstnode|firstnode|Electron)\/\S+)?(?= Chrome\/)/, ` Firstnode/${firstnodeVersion}`)
}
