import '../layout/inputs.ts'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import type { ClientSnippets } from '../../shared/contract/clients.ts'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { Fold } from '../layout/fold.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'

/** Where clients find the node, if not where this machine does: one of the addresses in its certificate, or any other. */
export function OtherAddress({ url, addresses, onChosen }: Pick<ClientSnippets, 'url' | 'addresses'> & { onChosen: (snippets: ClientSnippets) => void }) {
  const target = useTarget()
  const list = useId()
  const [typed, setTyped] = useState('')
  const [keystorePassword, setKeystorePassword] = useState('')
  const choose = useDo(async (engine) => {
    onChosen(await engine.clients.snippets({ target, url: typed.trim(), ...(keystorePassword === '' ? {} : { keystorePassword }) }))
    setKeystorePassword('')
  })
  const locked = choose.problem !== null && isKeystoreLock(choose.problem)
  const [around, errors] = useFieldErrors({ typed: { url: typed }, missing: typed.trim() === '' ? { url: 'Enter the address of the node, such as https://host:9200.' } : {}, problem: choose.problem })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => choose.start())
  }
  return (
    <Fold title="Another address" hint={`clients connect to ${url}`}>
      <form ref={around} className="stack" onSubmit={submit} noValidate>
        <TextInput
          label="Address of the node"
          description="For clients on other machines, such as https://host:9200. Suggestions come from its certificate."
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          list={list}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          {...errors.of('url')}
        />
        <datalist id={list}>
          {addresses.map((address) => (
            <option key={address} value={address} />
          ))}
        </datalist>
        {locked ? <KeystoreField value={keystorePassword} onChange={setKeystorePassword} refusal={choose.problem} /> : null}
        <div>
          <Button type="submit" variant="default" loading={choose.busy}>
            Use this address
          </Button>
        </div>
        {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
      </form>
    </Fold>
  )
}
