import './shell.css'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useAbout } from '../about/about.ts'
import { wayOf } from '../place/way-steps.ts'
import { useWizard } from '../place/wizard.ts'
import { AnnounceContext } from './announce.tsx'
import { Brand } from './brand.tsx'
import { MenuChoices } from './menu-choices.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import { Way } from './way.tsx'

/** The way on the left, the step in the middle. */
export function Shell({ notice, children }: { notice: ReactNode; children: ReactNode }) {
  const { info, place, back } = useWizard()
  const showAbout = useAbout()
  const main = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')
  const announce = useCallback((sentence: string) => setSaid(sentence), [])
  return (
    <AnnounceContext value={announce}>
      {/* At the beginning: at the end, its pixel would make a page scroll that has room. */}
      <div className="unseen" aria-live="polite">
        {said}
      </div>
      <button type="button" className="plain skip" onClick={() => main.current?.focus()}>
        Skip to the step
      </button>
      <div className="shell">
        <aside className="rail" aria-label="Where you are">
          <Brand />
          <Way steps={wayOf(place)} onBack={back} />
          <div className="rail-foot">
            <div className="rail-who">
              <p className="rail-host">
                <span className="mono">{info.user}</span> on <span className="mono">{info.hostName}</span>
              </p>
              <button type="button" className="plain link rail-about" onClick={() => showAbout('about')} aria-haspopup="dialog" aria-label="About Firstnode">
                About<span className="rail-about-more"> Firstnode</span>
              </button>
            </div>
            <SchemeSwitch />
          </div>
        </aside>
        <main className="stage" ref={main} tabIndex={-1}>
          {notice}
          {info.kind === 'electron' ? <MenuChoices /> : null}
          {children}
        </main>
      </div>
    </AnnounceContext>
  )
}
