import './gone-page.css'
import { Brand } from '../layout/brand.tsx'
import { Page } from '../layout/page.tsx'
import { StateMark } from '../design/state-mark.tsx'

const words = {
  spent: {
    title: 'This address was used already',
    lead: 'Each address that Firstnode prints opens the wizard once and lives ten minutes, so that nobody else can use it.',
    steps: ['Go to the terminal in which Firstnode runs.', 'Press Enter there: it prints another address.', 'Open that one.'],
  },
  gone: {
    title: 'Firstnode does not answer',
    lead: 'The program behind this page has ended, or the tunnel to its machine is closed. A node that was started keeps running.',
    steps: ['Start it again where it ran: npm start', 'Open the address that it prints.', 'A set-up that was under way is taken up on the first page.'],
  },
  silent: {
    title: 'Firstnode does not answer',
    lead: 'This window has no connection with the program behind it. A node that was started keeps running.',
    steps: ['Quit Firstnode, and start it again.', 'A set-up that was under way is taken up on the first page.', 'Where it stays so, report it with what the log of Firstnode says.'],
  },
} as const

/** There is nobody behind the page: why, and what to do. */
export function GonePage({ why }: { why: keyof typeof words }) {
  const { title, lead, steps } = words[why]
  return (
    <main className="gone">
      <Brand />
      <Page state={<StateMark state="heed" />} title={title} lead={lead} primary={{ words: 'Try again', onPress: () => location.reload() }}>
        <ol className="gone-steps card">
          {steps.map((step, index) => (
            <li key={step}>
              <span className="mono quiet">{index + 1}</span>
              <span>{step}</span>
            </li>
          ))}
        </ol>
      </Page>
    </main>
  )
}
