import { createHash } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change, Plan } from '../../../engine/plan/plan.ts'
import { sampleOwner } from './sample-config.ts'

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** What stands at a place: `ours` where the plan wrote it. */
type Thing = { readonly kind: 'folder' } | { readonly kind: 'file'; readonly content: string; readonly ours: boolean } | { readonly kind: 'link'; readonly target: string }

/** A model of a folder by places (parts joined by `/`, '' for the folder itself): simple enough to be believed. */
export type Model = Map<string, Thing>

const names = ['certs', 'a', 'b', 'jvm.options.d', 'elasticsearch.yml', 'x y', 'ü']

/** Fills `folder` at random and tells what stands in it. */
export async function randomFolder(folder: string, random: () => number): Promise<Model> {
  const model: Model = new Map([['', { kind: 'folder' }]])
  for (let count = 4 + Math.floor(random() * 8); count > 0; count--) {
    const place = freePlace(model, random)
    if (place === null) continue
    const kind = random()
    const thing: Thing = kind < 0.35 ? { kind: 'folder' } : kind < 0.9 ? { kind: 'file', content: `line ${random()}\n`, ours: false } : { kind: 'link', target: 'somewhere' }
    model.set(place, thing)
    const path = join(folder, place)
    if (thing.kind === 'folder') await mkdir(path, { mode: random() < 0.5 ? 0o750 : 0o755 })
    else if (thing.kind === 'file') await writeFile(path, thing.content, { mode: random() < 0.5 ? 0o640 : 0o600 })
    else await symlink(thing.target, path)
  }
  return model
}

/** A plan of up to ten changes that can be made one after another in `folder`, and what the folder holds then. */
export function randomPlan(folder: string, before: Model, random: () => number): { plan: Plan; after: Model } {
  const model: Model = new Map(before)
  const changes: Change[] = []
  for (let count = 1 + Math.floor(random() * 10); count > 0; count--) {
    const change = randomChange(folder, model, random)
    if (change !== null) changes.push(change)
  }
  return { plan: { kind: 'first-node', title: 'random', changes }, after: model }
}

function randomChange(folder: string, model: Model, random: () => number): Change | null {
  const at = (place: string): string => join(folder, ...place.split('/'))
  const common = { owner: sampleOwner, note: '' }
  const free = freePlace(model, random)
  const chosen = pick([...model.keys()].filter((place) => place !== ''), random)
  const thing = chosen === null ? undefined : model.get(chosen)
  const content = random() < 0.3 ? `line ${random()}\nline ${random()}\n` : `${random()}`
  const kind = random()
  if (kind < 0.25 && free !== null) {
    model.set(free, { kind: 'folder' })
    return { kind: 'create-directory', path: at(free), mode: 0o750, ...common }
  }
  if (kind < 0.5 && free !== null) {
    model.set(free, { kind: 'file', content, ours: true })
    return { kind: 'write', path: at(free), content: Buffer.from(content), replaces: null, mode: 0o660, secret: random() < 0.5, ...common }
  }
  if (chosen === null || thing === undefined) return null
  if (kind < 0.8 && free !== null && free !== chosen && !free.startsWith(`${chosen}/`)) {
    for (const [place, moved] of [...model].filter(([place]) => place === chosen || place.startsWith(`${chosen}/`))) {
      model.delete(place)
      model.set(free + place.slice(chosen.length), moved)
    }
    return { kind: 'rename', from: at(chosen), to: at(free), note: '' }
  }
  if (thing.kind === 'link' || (thing.kind === 'file' && !thing.ours && kind < 0.87)) {
    model.delete(chosen)
    return { kind: 'delete', path: at(chosen), note: '' }
  }
  if (thing.kind === 'folder' || thing.ours) return null
  model.set(chosen, { kind: 'file', content, ours: true })
  const replaces = createHash('sha256').update(thing.content).digest('hex')
  return { kind: 'write', path: at(chosen), content: Buffer.from(content), replaces, mode: 0o600, secret: random() < 0.5, ...common }
}

/** A place in some folder at which nothing stands; names are few, so that what was moved away is often replaced. */
function freePlace(model: Model, random: () => number): string | null {
  const folder = pick([...model].filter(([, thing]) => thing.kind === 'folder').map(([place]) => place), random) ?? ''
  const name = pick(names, random) ?? 'a'
  const place = folder === '' ? name : `${folder}/${name}`
  return model.has(place) || place.split('/').length > 4 ? null : place
}

export function pick<T>(list: readonly T[], random: () => number): T | null {
  return list[Math.floor(random() * list.length)] ?? null
}

/** The lines of a model, to compare. */
export function modelLines(model: Model): string[] {
  return [...model].filter(([place]) => place !== '').map(([place, thing]) => `${place} ${thing.kind} ${thing.kind === 'file' ? thing.content : thing.kind === 'link' ? thing.target : ''}`).sort()
}
