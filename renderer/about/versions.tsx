import { Fact, Facts } from '../design/facts.tsx'

/** What this runs on. */
export function Versions({ versions }: { versions: Readonly<Record<string, string>> }) {
  return (
    <section className="card" aria-label="What it runs on">
      <Facts>
        {Object.entries(versions).map(([name, version]) => (
          <Fact key={name} name={name}>
            <span className="mono small">{version}</span>
          </Fact>
        ))}
      </Facts>
    </section>
  )
}
