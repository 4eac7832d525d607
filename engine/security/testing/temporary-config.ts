import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Installation } from '../../../shared/contract/installation.ts'
import type { SetupFacts } from '../../../shared/contract/setup.ts'

export interface TemporaryConfig {
  readonly config: string
  readonly installation: Installation
  remove(): Promise<void>
}

/** A config directory of its own with `elasticsearch.yml`, and what `inspect` would say of its home. */
export async function temporaryConfig(yml: string, version = '9.4.3'): Promise<TemporaryConfig> {
  const config = await mkdtemp(join(tmpdir(), 'firstnode-config-'))
  await writeFile(join(config, 'elasticsearch.yml'), yml)
  return { config, installation: installationIn(config, version), remove: () => rm(config, { recursive: true, force: true }) }
}

export const someFacts: SetupFacts = {
  nodeName: 'node-1',
  clusterName: 'elasticsearch',
  httpPort: 9200,
  transportPort: 9300,
  portNotes: [],
  heap: null,
  httpHost: '0.0.0.0',
  san: [],
  url: 'https://localhost:9200',
  runAs: null,
  passwordChosen: false,
}

function installationIn(config: string, version: string): Installation {
  return {
    home: join(config, '..'),
    version,
    major: Number.parseInt(version, 10),
    layout: 'archive',
    config,
    configSource: 'asked',
    data: [],
    logs: join(config, '..', 'logs'),
    owner: null,
    runAs: null,
    java: null,
    javaTrouble: null,
    javaNeeds: { min: 17, max: null },
    disk: null,
    memory: { freeBytes: 1, totalBytes: 1 },
    ports: { http: 9200, httpNamed: false, httpTaken: false, transport: 9300, transportNamed: false, transportTaken: false },
    maxMapCount: null,
    practice: false,
    state: 'new',
    stateReason: null,
  }
}
