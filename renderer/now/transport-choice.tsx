import '../review/review-page.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import type { ReachableAddress, TransportState } from '../../shared/contract/transport.ts'
import '../layout/inputs.ts'
import { Trouble } from '../design/trouble.tsx'
import { LockedStart } from '../existing/locked-start.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
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
  const [around, errors] = useFieldErrors({ typed: { hosts }, missing: hosts === '' ? { hosts: 'Enter an IP address, host name or network interface.' } : {}, problem })
  // An address that was picked has no field of its own to be told at.
  const trouble = chosen === other || problem?.field !== 'hosts' ? errors.elsewhere : problem
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => onChosen({ hosts }))
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
      <form ref={around} className="stack" onSubmit={submit} noValidate>
        <fieldset className="reach">
          <legend>Address where other machines reach this one</legend>
          {state.addresses.map((address) => choice(address.value, address.value, explainedOf(address)))}
          {choice(every, 'Every address of this machine', 'transport.host: 0.0.0.0. Includes addresses added later, such as those of a VPN or of containers.')}
          {choice(other, 'A specific address', 'A host name, a network interface, or several of them: any value of transport.host.')}
          {chosen === other ? (
            <TextInput
              aria-label="Addresses for transport"
              placeholder="_site_, _eth0_, es1.example.com"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              spellCheck={false}
              autoComplete="off"
              {...errors.of('hosts')}
            />
          ) : null}
        </fieldset>
        {trouble === null || locked ? null : <Trouble problem={trouble} />}
        <div className="row wrap">
          <Button type="submit" variant="default" loading={busy}>
            Review the changes
          </Button>
          <Button variant="subtle" onClick={onLeave} disabled={busy}>
            Cancel
          </Button>
        </div>
      </form>
      {locked ? <LockedStart words="Review the changes" onPassword={(keystorePassword) => onChosen({ hosts, keystorePassword })} busy={busy} problem={problem} /> : null}
    </>
  )
}

function explainedOf({ interface: name, kind, virtual }: ReachableAddress): string {
  const network = kind === 'private' ? 'local network' : 'reachable from the internet unless a firewall blocks it'
  return `${name}: ${virtual ? 'containers or virtual machines on this machine' : network}`
}
