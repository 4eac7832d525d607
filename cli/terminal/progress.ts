import type { Phase } from '../../shared/contract/setup.ts'
import type { Progress } from '../../shared/contract/target.ts'
import type { Context } from '../command.ts'
import { LiveProgress } from './live-progress.ts'
import { PlainProgress } from './plain-progress.ts'

/** How long work is shown on standard error while it runs. */
export interface ProgressView {
  /** the phases of a set-up as they are now */
  phases(phases: readonly Phase[]): void
  /** one piece of work with a measure */
  work(progress: Progress): void
  /** a line that stays */
  note(text: string): void
  /** takes down what is only of the moment */
  end(): void
}

/** A bar on a terminal, plain lines elsewhere. */
export function progressView(context: Context): ProgressView {
  return context.err.live ? new LiveProgress(context.io.stderr, context.err) : new PlainProgress(context.io.stderr)
}

/** Runs `work` with a view that is taken down however it ends. */
export async function withProgress<T>(context: Context, work: (view: ProgressView) => Promise<T>): Promise<T> {
  const view = progressView(context)
  try {
    return await work(view)
  } finally {
    view.end()
  }
}
