import { setTimeout as pause } from 'node:timers/promises'
import { evaluateInPage } from '../../build/package/first-heading.ts'

/** A page as a person uses it, by Chromium's debugger alone: Playwright cannot attach to a released Electron. */
export interface Page {
  /** Waits until the first heading matches. */
  heading(pattern: RegExp): Promise<void>
  /** Waits until the page says something that matches. */
  says(pattern: RegExp): Promise<void>
  /** Presses the button whose text matches, as soon as it can be pressed. */
  press(button: RegExp): Promise<void>
  /** Chooses the option of a group whose label contains the text. */
  choose(option: string): Promise<void>
  fill(label: string, value: string): Promise<void>
}

/** `chromium` is where its debugger listens; waiting ends with an error after `patience` ms. */
export function pageByDebugger(chromium: string, patience = 300_000): Page {
  /** Evaluates until the answer is `yes`. */
  async function until(what: string, condition: string): Promise<void> {
    const signal = AbortSignal.timeout(patience)
    while ((await evaluateInPage(chromium, `(${condition}) ? 'yes' : ''`, signal)) !== 'yes') {
      if (signal.aborted) throw new Error(`${what}: not seen in ${patience / 1000} s`)
      await pause(200, undefined, { signal })
    }
  }
  return {
    heading: (pattern) =>
      until(`the heading ${pattern}`, `${pattern}.test(document.querySelector('h1')?.textContent ?? '')`),
    says: (pattern) => until(`${pattern}`, `${pattern}.test(document.body.innerText)`),
    press: (button) => until(`the button ${button}`, `(() => {
      const matches = ({ textContent, disabled }) => !disabled && ${button}.test(textContent.trim())
      const button = [...document.querySelectorAll('button')].find(matches)
      button?.click()
      return button !== undefined
    })()`),
    choose: (option) => until(`the option ${option}`, `(() => {
      const labels = (input) => [...input.labels, document.getElementById(input.getAttribute('aria-labelledby'))]
      const named = (input) => labels(input).some((label) => label?.textContent.includes(${JSON.stringify(option)}))
      const input = [...document.querySelectorAll('input[type=radio]')].find(named)
      input?.click()
      return input?.checked === true
    })()`),
    fill: (label, value) => until(`the field ${label}`, `(() => {
      const starts = ({ textContent }) => textContent.startsWith(${JSON.stringify(label)})
      const field = [...document.querySelectorAll('label')].find(starts)?.control
      if (!field) return false
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(value)})
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
      return field.value === ${JSON.stringify(value)}
    })()`),
  }
}
