/**
 * For measures that are figures of one and the same work: whoever of them is asked first in a round has it done, the others take their figure of the same round. A round
 * that failed has failed for all of them.
 */
export function figuresOfRounds(round: () => Promise<ReadonlyMap<string, number>>): (id: string) => Promise<number> {
  const rounds: Promise<ReadonlyMap<string, number>>[] = []
  const asked = new Map<string, number>()
  return async (id) => {
    const at = asked.get(id) ?? 0
    asked.set(id, at + 1)
    const figure = (await (rounds[at] ??= round())).get(id)
    if (figure === undefined) throw new Error(`There is no ${id} in a round.`)
    return figure
  }
}
