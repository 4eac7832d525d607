import { setTimeout as pause } from 'node:timers/promises'
import type { FoundKibanas, KibanaEvent, KibanaRun } from '../../shared/contract/kibana.ts'
import { problem, type ProblemCode } from '../../shared/problems/problem.ts'
import { kibanaDone, kibanaLink, kibanaLog, kibanaPreview, kibanaRun, kibanaView } from '../cli/kibana-answers.ts'
import type { scriptedImplementer } from './scripted-implementer.ts'

/** How the Kibanas of a played page are. */
export interface KibanaScript {
  /** which are found */
  found: readonly (typeof kibanaView)[]
  /** the search ended before it was through */
  incomplete: FoundKibanas['incomplete']
  /** how a token is refused; null where it is accepted */
  refuses: ProblemCode | null
  /** the disk refuses once the cluster has made its token */
  failsToWrite: boolean
  /** where a start ends */
  ends: 'answering' | 'failed'
  /** called when an interactive one waits for its token: settles when it was given one */
  enrolled: Promise<void>
  interactive: boolean
  /** ms between two lines of the log */
  pace: number
  /** the tokens that came */
  readonly tokens: string[]
  /** the set-ups that vouched for what was written */
  readonly vouched: (string | undefined)[]
  stopped: boolean
}

export function kibanaScript(change: Partial<KibanaScript> = {}): KibanaScript {
  return { found: [kibanaView], incomplete: null, refuses: null, failsToWrite: false, ends: 'answering', enrolled: Promise.resolve(), interactive: false, pace: 0, tokens: [], vouched: [], stopped: false, ...change }
}

/** The procedures of Kibana, played. */
export function scriptedKibana(os: ReturnType<typeof scriptedImplementer>, script: KibanaScript) {
  const refuse = (code: ProblemCode): never => {
    throw problem(code, { file: kibanaView.settingsFile, where: ' with https://other:9200', kibana: '8.16.6', cluster: '9.4.3', path: kibanaView.settingsFile, wanted: 'kibana', home: kibanaView.home, names: ['elasticsearch.password'] })
  }
  return {
    find: os.kibana.find.handler(() => ({ kibanas: [...script.found], incomplete: script.incomplete })),
    look: os.kibana.look.handler(({ input }) => script.found.find(({ home }) => home === input.home) ?? refuse('not_kibana')),
    preview: os.kibana.preview.handler(({ input }) => {
      script.tokens.push(input.token)
      if (script.refuses !== null && input.replace !== true) refuse(script.refuses)
      return kibanaPreview
    }),
    apply: os.kibana.apply.handler(({ input }) => {
      script.vouched.push(input.setupId)
      if (!script.failsToWrite) return kibanaDone
      const { message: what, remedy } = problem('write_disk_full', { path: kibanaView.settingsFile })
      throw problem('kibana_token_left', { what, remedy, token: 'enroll-process-token-1764064000000' })
    }),
    start: os.kibana.start.handler(({ input }) => {
      script.interactive = input.interactive === true
      return kibanaRun
    }),
    watch: os.kibana.watch.handler(() => played(script)),
    stop: os.kibana.stop.handler(() => {
      script.stopped = true
      return { ...kibanaRun, stage: 'stopped' as const }
    }),
    open: os.kibana.open.handler(() => true),
    previewUndo: os.kibana.previewUndo.handler(() => ({ kibana: kibanaDone.kibana, sentences: [`${kibanaView.settingsFile} will be put back as it was.`] })),
    undo: os.kibana.undo.handler(() => {
      script.found = script.found.map(({ unfinished: _, ...found }) => found)
      return { kibana: kibanaView, sentences: [`${kibanaView.settingsFile} was put back as it was.`] }
    }),
  }
}

async function* played(script: KibanaScript): AsyncGenerator<KibanaEvent, void> {
  const startedAt = Date.now()
  const state = (change: Partial<KibanaRun>): KibanaEvent => ({ type: 'state', state: { ...kibanaRun, startedAt, ...change } })
  yield state({})
  for (const [index, text] of kibanaLog.entries()) {
    yield { type: 'log', lines: [{ at: startedAt + index * 1000, level: 'INFO', text, explains: false }], dropped: 0 }
    await pause(script.pace)
    if (index === 2 && script.interactive) {
      yield state({ stage: 'waiting', link: kibanaLink })
      await script.enrolled
      yield state({ stage: 'enrolled' })
    }
    if (script.stopped) {
      yield state({ stage: 'stopped' })
      return
    }
  }
  if (script.ends === 'answering') {
    yield state({ stage: 'answering' })
    return
  }
  const { code, message, remedy } = problem('kibana_died', { how: 'with 1', line: 'FATAL Error: listen EADDRINUSE: address already in use 127.0.0.1:5601' })
  yield state({ stage: 'failed', problem: { code, message, remedy, detail: null } })
}
