import './clients.css'
import type { ClientSnippets } from '../../shared/contract/clients.ts'

/** What agents of Fleet need (nothing), and where to read on. */
export function ReadingOn({ fleet, links }: Pick<ClientSnippets, 'fleet' | 'links'>) {
  return (
    <section className="reading-on" aria-labelledby="reading-on">
      <h2 id="reading-on">Further on</h2>
      <p className="small">{fleet}</p>
      <ul className="stack tight small">
        {links.map(({ title, url }) => (
          <li key={url}>
            <a className="link" href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
