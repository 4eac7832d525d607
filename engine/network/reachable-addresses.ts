import { isIP } from 'node:net'
import type { ReachableAddress } from '../../shared/contract/transport.ts'
import { isLinkLocal, isSiteLocal, type Interfaces } from './interfaces.ts'
import { isLoopback } from './loopback.ts'

/** Bridges of containers and virtual machines, by the names that Docker, libvirt, VMware, VirtualBox, Hyper-V and macOS give them. */
const software = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vnic|lxc|lxd|podman|cni|flannel|cali|bridge\d|vEthernet|VirtualBox|VMware)/i

/**
 * The addresses of this machine that other machines may reach, best first: those of real interfaces before those of containers, IPv4 before IPv6, private ones
 * before public ones. Link-local ones are left out: other nodes could not be told of them.
 */
export function reachableAddresses(interfaces: Interfaces): ReachableAddress[] {
  const found = Object.entries(interfaces).flatMap(([name, own = []]) =>
    own
      .filter(({ address, internal }) => !internal && !isLoopback(address) && !isLinkLocal(address))
      .map(({ address }): ReachableAddress => ({ value: address, interface: name, kind: isSiteLocal(address) || /^f[cd]/i.test(address) ? 'private' : 'public', virtual: software.test(name) })),
  )
  return found.toSorted((one, other) => rank(one) - rank(other))
}

function rank({ value, kind, virtual }: ReachableAddress): number {
  return (virtual ? 4 : 0) + (isIP(value) === 6 ? 2 : 0) + (kind === 'public' ? 1 : 0)
}
