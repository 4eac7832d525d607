/** Ends a test that only root can run with a sentence that says so: what cannot run is a failure, never a silent skip. */
export function needsRoot(what: string): void {
  if (process.getuid?.() !== 0) throw new Error(`This test ${what}, which only root may: run it as root.`)
}
