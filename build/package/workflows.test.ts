import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inRoot } from '../root.mjs'

const folder = inRoot('.github', 'workflows')
const step = z.object({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
})
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.object({
    'timeout-minutes': z.number(),
    environment: z.string().optional(),
    needs: z.union([z.string(), z.array(z.string())]).optional(),
    permissions: z.record(z.string(), z.string()).optional(),
    strategy: z.object({ matrix: z.record(z.string(), z.array(z.unknown())) }).optional(),
    steps: z.array(step),
  })),
})
type Step = z.infer<typeof step>

const all = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  return { name, text, ...workflow.parse(load(text)) }
})
const release = all.find(({ name }) => name === 'release.yml')
const stepsOf = (jobs: (typeof all)[number]['jobs']): Step[] => Object.values(jobs).flatMap(({ steps }) => steps)
const commands = all.flatMap(({ jobs }) => stepsOf(jobs).flatMap(({ run }) => run ?? []))

test('every action is pinned to a commit, with its version beside it', () => {
  const uses = all.flatMap(({ text }) => [...text.matchAll(/uses: (.*)/g)].map(([, what]) => what ?? ''))
  expect(uses.length).toBeGreaterThan(5)
  expect(uses.filter((what) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what))).toEqual([])
})

test('the same action is the same commit everywhere', () => {
  const pins = all.flatMap(({ jobs }) => stepsOf(jobs).flatMap(({ uses }) => uses ?? []))
  const names = new Set(pins.map((pin) => pin.split('@')[0]))
  expect(new Set(pins).size).toBe(names.size)
})

describe('permissions', () => {
  test('are to read, but for the one job that lays down a draft', () => {
    expect(all.map(({ permissions }) => permissions)).toEqual(all.map(() => ({ contents: 'read' })))
    const wider = all.flatMap(({ name, jobs }) => Object.entries(jobs).flatMap(([job, { permissions }]) => (permissions === undefined ? [] : [[name, job, permissions]])))
    expect(wider).toEqual([['release.yml', 'draft', { contents: 'write', 'id-token': 'write', attestations: 'write' }]])
  })

  test('are not left in the checkout', () => {
    const checkouts = all.flatMap(({ jobs }) => stepsOf(jobs)).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter((one) => one.with?.['persist-credentials'] !== false)).toEqual([])
  })

  test('are not lent to the pull requests of strangers', () => {
    expect(all.flatMap((one) => Object.keys(one.on)).sort()).toEqual(['pull_request', 'push', 'push'])
  })
})

describe('secrets', () => {
  test('reach a step by its environment, never by the text of a command', () => {
    expect(commands.filter((run) => /\$\{\{[^}]*(secrets|github\.(event|head_ref))/.test(run))).toEqual([])
    expect(commands.filter((run) => /set -[a-z]*x|\benv\b *$|printenv/m.test(run))).toEqual([])
  })

  test('are asked for by what packs and signs alone', () => {
    const asking = all.flatMap(({ jobs }) => stepsOf(jobs)).filter(({ env }) => Object.values(env ?? {}).some((value) => value.includes('secrets.')))
    expect(asking.map(({ name }) => name)).toEqual(['Lay Apple\'s key into a file', 'Pack what is released'])
  })
})

test('secrets are handed out in one environment, whose rules a person has to pass', () => {
  const jobs = all.flatMap((one) => Object.values(one.jobs))
  const asking = jobs.filter(({ steps }) => steps.some(({ env }) => Object.values(env ?? {}).some((value) => value.includes('secrets.'))))
  expect(asking.map(({ environment }) => environment)).toEqual(['release'])
})

test('every script that is called is there', () => {
  const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { scripts: Record<string, string> }
  const called = new Set(commands.flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '')))
  expect([...called].filter((name) => scripts[name] === undefined)).toEqual([])
})

test('what is released is packed after its twin passed, and checked before it is kept, with user namespaces as restricted as people have them', () => {
  const done = release?.jobs.pack?.steps.map(({ run, uses }) => run ?? uses ?? '') ?? []
  const at = (part: string) => done.findIndex((text) => text.includes(part))
  const order = ['package -- twin', 'test:electron', 'userns=1', 'package -- release', 'package -- check', 'upload-artifact'].map(at)
  expect(order).not.toContain(-1)
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

test('what people get is started where they are, and only then becomes a draft', () => {
  const { start, draft } = release?.jobs ?? {}
  const systems = z.array(z.object({ os: z.string() })).parse(start?.strategy?.matrix.include).map(({ os }) => os)
  expect(systems).toEqual(['ubuntu-22.04', 'ubuntu-24.04', 'windows-2022', 'windows-2025', 'macos-14', 'macos-15'])
  expect(draft?.needs).toEqual(['pack', 'start', 'start-on-debian'])
  const released = [start, release?.jobs['start-on-debian']].flatMap((job) => job?.steps ?? []).map(({ run }) => run ?? '')
  expect(released.filter((run) => run.includes('userns=0'))).toEqual([])
  const kinds = ['amd64.deb', 'x64.tar.gz', 'x86_64.AppImage', 'universal.zip', 'setup.exe']
  expect(kinds.filter((kind) => !released.some((run) => run.includes(kind) && run.includes('main.ts start')))).toEqual([])
})

test('a release is a draft, with checksums, and only where every target is there', () => {
  const text = release?.jobs.draft?.steps.map(({ run }) => run ?? '').join('\n') ?? ''
  expect(text).toContain('gh release create')
  expect(text).toContain('--draft')
  expect(text).toContain('sha256sum')
  expect(text).toContain('.cdx.json')
  const attested = release?.jobs.draft?.steps.find(({ uses }) => uses?.startsWith('actions/attest@'))
  expect(attested?.with).toEqual({ 'subject-checksums': 'release/SHA256SUMS' })
  expect([...text.matchAll(/[\w-]+\.(AppImage|deb|tar\.gz|dmg|zip|exe)\b/g)].map(([name]) => name)).toEqual([
    'linux-x86_64.AppImage', 'linux-arm64.AppImage', 'linux-amd64.deb', 'linux-arm64.deb', 'linux-x64.tar.gz', 'linux-arm64.tar.gz',
    'mac-universal.dmg', 'mac-universal.zip', 'win-x64-setup.exe', 'win-x64-portable.exe',
  ])
})

// Not everybody has actionlint; on GitHub's Linux it is installed before the tests, and must be there.
const actionlint = spawnSync('actionlint', ['-version'], { encoding: 'utf8' }).status === 0
if (actionlint || (process.env.GITHUB_ACTIONS === 'true' && process.platform === 'linux' && process.getuid?.() === 0)) {
  test('actionlint has nothing to say', () => {
    const { status, stdout } = spawnSync('actionlint', all.map(({ name }) => join(folder, name)), { cwd: inRoot(), encoding: 'utf8' })
    expect(`${status} ${stdout}`).toBe('0 ')
  })
}
