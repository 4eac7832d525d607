import type { Version } from './version.ts'

/** Java feature releases a version starts on; `max` null where none is known to be too new. */
export interface JavaNeeds {
  readonly min: number
  readonly max: number | null
}

/**
 * What this version needs. Minimum: `lib/java-version-checker` of each major (17, from 9.0 on 21).
 * Maximum: JDK 24 removed the Security Manager. Elasticsearch replaced it by entitlements, on by default, in 8.18 and 9.0
 * (pull requests 123400 and 123402); up to 8.17 every server dies on 24 and newer (122517 makes 8.17 say so; the versions before it
 * end with "Enabling a Security Manager is not supported", after security was configured).
 */
export function javaNeeds(version: Pick<Version, 'major' | 'minor'>): JavaNeeds {
  if (version.major >= 9) return { min: 21, max: null }
  return { min: 17, max: version.minor < 18 ? 23 : null }
}

/** How this Java stands to what is needed. */
export function fits(major: number, needs: JavaNeeds): 'fits' | 'too old' | 'too new' {
  if (major < needs.min) return 'too old'
  return needs.max !== null && major > needs.max ? 'too new' : 'fits'
}
