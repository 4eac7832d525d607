import { stat } from 'node:fs/promises'

/** Bytes of a log now; 0 where it is not there. */
export async function logLength(path: string): Promise<number> {
  return stat(path).then(({ size }) => size, () => 0)
}
