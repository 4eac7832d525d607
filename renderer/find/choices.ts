import type { HostInfo } from '../../shared/contract/host.ts'
import type { FoundHome, HomeState } from '../../shared/contract/installation.ts'
import { inBytes } from '../../shared/sizes.ts'
import type { State } from '../design/state-mark.tsx'

/** One thing to choose on the first page: a home that was found, or the practice copy that is still to be fetched. */
export type Choice = { readonly id: string; readonly kind: 'home'; readonly home: FoundHome } | { readonly id: string; readonly kind: 'practice' }

/** What can be chosen, newest first; what is not for us comes last. */
export function choicesOf(homes: readonly FoundHome[], practice: HostInfo['practice']): Choice[] {
  const suitable = homes.filter(({ state }) => state !== 'unsuitable').toSorted((a, b) => b.modified - a.modified)
  const others = homes.filter(({ state }) => state === 'unsuitable')
  const offer: Choice[] = practice.offered && !homes.some(({ home }) => home === practice.home) ? [{ id: 'practice', kind: 'practice' }] : []
  return [...suitable.map(asChoice), ...offer, ...others.map(asChoice)]
}

function asChoice(home: FoundHome): Choice {
  return { id: home.home, kind: 'home', home }
}

/** What is chosen before anybody chooses: the one new home; else what was begun and is unfinished; else the only thing there is. */
export function chosenFirst(choices: readonly Choice[]): string | null {
  const open = choices.filter((choice) => choice.kind === 'practice' || choice.home.state !== 'unsuitable')
  const unfinished = open.filter((choice) => choice.kind === 'home' && choice.home.state === 'unfinished')
  const fresh = open.filter((choice) => choice.kind === 'home' && choice.home.state === 'new')
  if (unfinished.length === 1 && fresh.length === 0) return unfinished[0]?.id ?? null
  if (fresh.length > 0) return fresh.length === 1 ? (fresh[0]?.id ?? null) : null
  const homes = open.filter(({ kind }) => kind === 'home')
  if (homes.length === 0) return open[0]?.id ?? null
  return open.length === 1 ? (open[0]?.id ?? null) : null
}

/** The primary button's words for a choice: what pressing it does. */
export function wordsFor(choice: Choice | null, practice: HostInfo['practice']): string {
  if (choice === null) return 'Choose one above'
  if (choice.kind === 'practice') {
    if (practice.home !== null) return 'Use the practice copy'
    return practice.downloadBytes > 0 ? `Download the practice copy (${inBytes(practice.downloadBytes)})` : 'Make a practice copy'
  }
  const name = choice.home.version === null ? 'this Elasticsearch' : `Elasticsearch ${choice.home.version}`
  switch (choice.home.state) {
    case 'running':
    case 'configured':
      return 'Show the node'
    case 'unfinished':
      return isTakenUp(choice.home) ? 'Take the set-up up again' : 'Show what is unfinished'
    default:
      return `Set up ${name}`
  }
}

/** Whether what is unfinished is a setup or a join, which the wizard continues. */
export function isTakenUp({ state, unfinished }: FoundHome): boolean {
  return state === 'unfinished' && (unfinished === undefined || unfinished.command === 'up')
}

/** A state at a glance, in a word and its colour. */
export const stateWords: Readonly<Record<HomeState, readonly [string, State]>> = {
  new: ['New', 'waiting'],
  running: ['Running', 'good'],
  configured: ['Configured', 'waiting'],
  unfinished: ['Unfinished', 'heed'],
  unsecured: ['Not secured', 'heed'],
  unsuitable: ['Not for us', 'waiting'],
}
