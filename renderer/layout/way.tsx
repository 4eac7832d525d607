import './way.css'
import { Icon } from '../design/icon.tsx'
import type { WayStep } from '../place/way-steps.ts'
import type { Step } from '../place/wizard.ts'

/** The steps, each with its state and, once done, its answer. On the left; a line on top where the window is narrow. */
export function Way({ steps, onBack }: { steps: readonly WayStep[]; onBack: (step: Step) => void }) {
  return (
    <nav className="way" aria-label="The way">
      <ol>
        {steps.map((step) => (
          <li key={step.id} className="way-step" data-state={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
            <span className="way-mark">{step.state === 'done' ? <Icon name="check" size={12} /> : null}</span>
            <div className="way-words">
              {step.open ? (
                <button type="button" className="plain way-title" onClick={() => onBack(step.id)}>
                  <span className="unseen">Back to </span>
                  {step.title}
                </button>
              ) : (
                <span className="way-title">{step.title}</span>
              )}
              <span className="unseen">{step.state === 'done' ? ', done' : step.state === 'ahead' ? ', still to come' : ''}</span>
              {step.line === null ? null : <p className="way-line">{step.line}</p>}
            </div>
          </li>
        ))}
      </ol>
    </nav>
  )
}
