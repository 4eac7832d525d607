import { Component, type ReactNode } from 'react'

/** Keeps a fault below it (a part of the page that could not be loaded, a mistake of ours) from taking the whole page away. */
export class Boundary extends Component<{ fallback: (what: string) => ReactNode; children: ReactNode }, { what: string | null }> {
  override state: { what: string | null } = { what: null }

  static getDerivedStateFromError(thrown: unknown): { what: string } {
    return { what: thrown instanceof Error ? thrown.message : String(thrown) }
  }

  override render(): ReactNode {
    return this.state.what === null ? this.props.children : this.props.fallback(this.state.what)
  }
}
