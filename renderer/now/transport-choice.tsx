import '../review/review-page.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import type { ReachableAddress, TransportState } from '../../shared/contract/transport.ts'
import '../layout/inputs.ts'
import { Trouble } from '../design/trouble.tsx'
import { LockedStart } from '../existing/locked-start.tsx'
import { isKeystoreLock } from '../review/keystore-lock.ts'

const every = '0.0.0.0'
const other = 'other'

/** The address to open transport to: one of an interface before all, then every one, then one's own. */
export function TransportChoice({ state, busy, problem, onChosen, onLeave }: {
  state: TransportState
  busy: boolean
  problem: ProblemView | null
  onChosen: (wish: { hosts: string; keystorePassword?: string }) => void
  onLeave: () => void
}) {
  const first = state.addresses[0]?.value ?? other
  const [chosen, setChosen] = useState(state.hosts.length === 1 && state.addresses.some(({ value }) => value === state.hosts[0]) ? (state.hosts[0] ?? first) : first)
  const [typed, setTyped] = useState(state.hosts.join(', '))
  const hosts = chosen === other ? typed.trim() : chosen
  const locked = problem !== null && isKeystoreLock(problem)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (hosts !== '') onChosen({ hosts })
  }
  const choice = (value: string, name: string, explained: string) => (
    <label key={value} className="reach-choice">
      <input type="radio" name="transport" checked={chosen === value} onChange={() => setChosen(value)} />
      <span>
        {value === other || value === every ? name : <span className="mono">{name}</span>}
        <span className="reach-explained">{explained}</span>
      </span>
    </label>
  )
  return (
    <>
      <form className="stack" onSubmit={submit}>
        <fieldset className="reach">
          <legend>The address by which the other machines reach this one</legend>
          {state.addresses.map((address) => choice(address.value, address.value, explainedOf(address)))}
          {choice(every, 'Every address of this machine', 'transport.host: 0.0.0.0. Also those it gets later: of a VPN, of containers.')}
          {choice(other, 'Something else', 'A name, an interface, several of them: whatever transport.host takes.')}
          {chosen === other ? <TextInput aria-label="What transport is bound to" placeholder="_site_, _eth0_, es1.example.com" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} spellCheck={false} autoComplete="off" /> : null}
        </fieldset>
        {problem === null || locked ? null : <Trouble problem={problem} />}
        <div className="row wrap">
          <Button type="submit" variant="default" loading={busy} disabled={hosts === ''}>
            Show what will change
          </Button>
          <Button variant="subtle" onClick={onLeave} disabled={busy}>
            Leave it as it is
          </Button>
        </div>
      </form>
      {locked ? <LockedStart words="Show what will change" onPassword={(keystorePassword) => onChosen({ hosts, keystorePassword })} busy={busy} problem={problem} /> : null}
    </>
  )
}

function explainedOf({ interface: name, kind, virtual }: ReachableAddress): string {
  const network = kind === 'private' ? 'of the local network' : 'reachable from the internet, where no firewall stands before it'
  return `${name}: ${virtual ? 'for containers or virtual machines on this machine' : network}`
}
