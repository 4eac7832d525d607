import { z } from 'zod'
import type { DownloadOffer } from '../../shared/contract/download.ts'
import { problem } from '../../shared/problems/problem.ts'

/** The majors whose security Firstnode configures, newest first. */
export const supportedMajors = [9, 8] as const

/** The vendor's list, as far as it is heeded. */
const releaseList = z.object({ releases: z.array(z.object({ version: z.string() })).min(1) })
const released = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/

type Offered = DownloadOffer['versions']

/**
 * The versions to offer, from the text of the vendor's list: the newest of each supported major first, then all others from the newest on. A version may
 * end in " GA"; with a `-` it is a pre-release and left out. Gives null where the text is no such list.
 */
export function readReleases(text: string): Offered | null {
  const list = releaseList.safeParse(parsed(text))
  if (!list.success) return null
  const versions = new Set(list.data.releases.map(({ version }) => version.trim().replace(/ GA$/i, '')).filter(isSupported))
  const newestFirst = [...versions].sort((a, b) => compareVersions(b, a))
  const offered = newestFirst.map((version, at) => {
    const major = majorOf(version)
    return { version, major, newest: newestFirst.findIndex((one) => majorOf(one) === major) === at }
  })
  return [...offered.filter(({ newest }) => newest), ...offered.filter(({ newest }) => !newest)]
}

/** A version that was named, as it stands in names of files. Problem: `download_version`. */
export function namedVersion(text: string): string {
  const version = text.trim().replace(/^v(?=\d)/, '').replace(/ GA$/i, '')
  if (!released.test(version)) throw problem('download_version', { version: version.slice(0, 50), why: 'a version has three numbers, as 9.4.3 has' })
  if (majorOf(version) < 8) throw problem('download_version', { version, why: 'security is configured at the first start from 8.0 on' })
  if (!isSupported(version)) throw problem('download_version', { version, why: 'Firstnode knows Elasticsearch 8 and 9' })
  return version
}

function isSupported(version: string): boolean {
  return released.test(version) && supportedMajors.some((major) => major === majorOf(version))
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  const at = left.findIndex((number, index) => number !== right[index])
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
