import type { UpdateState } from '../shared/contract/desktop.ts'
import { problem } from '../shared/problems/problem.ts'
import type { Updates } from '../engine/host/desktop.ts'

/** What is needed of electron-updater. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(): void
  on(event: 'download-progress', listener: (progress: { percent: number }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** What a release has among its resources: where to look for new versions. A folder that somebody packed has none. */
export const addressOfReleases = 'app-update.yml'

export interface Copy {
  readonly packaged: boolean
  /** does `app-update.yml` lie among its resources? */
  readonly released: boolean
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
}

/** Who brings new versions where Firstnode does not, in a sentence; null where it can bring them itself. */
export function whyNoUpdates({ packaged, released, platform, env }: Copy): string | null {
  if (!packaged) return 'This Firstnode runs from its sources: new versions come with git pull.'
  if (platform === 'linux' && !env.APPIMAGE) return 'This Firstnode was installed by a package or from an archive: new versions come the same way.'
  if (platform === 'win32' && env.PORTABLE_EXECUTABLE_FILE) return 'This is the portable Firstnode: a new version is a new file, from where this one came.'
  if (!released) return 'This Firstnode was packed outside of a release and knows no place to look: new versions come from where it came from.'
  return null
}

/**
 * New versions from the releases of the project. Nothing is asked, fetched or installed before somebody wishes it.
 * `load` gives electron-updater, which is not even read before; `leaveFor` puts everything back and then calls what it is given.
 */
export function createUpdates(how: {
  off: string | null
  load: () => Promise<Updater>
  underWay: () => string | null
  leaveFor: (last: () => void) => void
  note: (line: string) => void
}): Updates {
  let state: UpdateState = { stage: how.off === null ? 'idle' : 'off', version: null, percent: null, reason: how.off }
  let loading: Promise<Updater> | null = null

  const updater = () => (loading ??= how.load().then(prepare))

  function prepare(loaded: Updater): Updater {
    loaded.autoDownload = false
    loaded.autoInstallOnAppQuit = false
    loaded.on('download-progress', ({ percent }) => {
      if (state.stage === 'fetching') state = { ...state, percent: Math.min(100, Math.max(0, percent)) }
    })
    // The calls reject with the same; unheard, an error event would end the application.
    loaded.on('error', () => undefined)
    return loaded
  }

  /** What can be wished again after a failure stays possible: each wish begins from what is known. */
  async function trying(work: () => Promise<UpdateState>): Promise<UpdateState> {
    try {
      state = await work()
    } catch (thrown) {
      const said = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? thrown.message) : String(thrown)
      how.note(`Updates: ${said}`)
      state = { ...state, stage: 'failed', percent: null, reason: whyFailed(said) }
    }
    return state
  }

  return {
    state: () => state,
    async look() {
      if (state.stage === 'off' || state.stage === 'looking' || state.stage === 'fetching' || state.stage === 'ready') return state
      state = { stage: 'looking', version: null, percent: null, reason: null }
      return trying(async () => {
        const found = await (await updater()).checkForUpdates()
        const version = found?.isUpdateAvailable === true ? found.updateInfo.version : null
        return { stage: version === null ? 'none' : 'available', version, percent: null, reason: null }
      })
    },
    async fetch() {
      const again = state.stage === 'failed' && state.version !== null
      if (state.stage !== 'available' && !again) return state
      state = { ...state, stage: 'fetching', percent: 0, reason: null }
      return trying(async () => {
        await (await updater()).downloadUpdate()
        return { ...state, stage: 'ready', percent: null }
      })
    },
    async install() {
      if (state.stage !== 'ready') return
      const what = how.underWay()
      if (what !== null) throw problem('something_under_way', { what })
      how.note(`Installing ${state.version ?? 'a new version'}.`)
      const ready = await updater()
      how.leaveFor(() => ready.quitAndInstall())
    },
  }
}

const failures: readonly (readonly [RegExp, string])[] = [
  [/net::ERR_(?:CERT|SSL)/, 'The update server could not be verified. Check the clock of this computer, and whether a proxy inspects HTTPS.'],
  [/net::ERR_PROXY|net::ERR_TUNNEL|\b407\b/, 'The proxy did not let the request through.'],
  [/net::ERR_|\bE(?:NOTFOUND|AI_AGAIN|CONN\w+|TIMEDOUT|HOSTUNREACH|NETUNREACH)\b/, 'The update server cannot be reached. Check your internet connection.'],
  [/checksum mismatch/i, 'The downloaded file does not match its checksum, so it was discarded.'],
  [/not signed by the application owner|signature/i, 'The new version is not signed by the makers of this one, so it was discarded.'],
  [/ENOSPC|EDQUOT/, 'The disk is full.'],
  [/EACCES|EPERM|EROFS/, 'This account does not have access to the folder that new versions are saved to.'],
]

/** Why there is no new version, in our words; those of Electron and its updater are in the log. */
function whyFailed(said: string): string {
  return failures.find(([pattern]) => pattern.test(said))?.[1] ?? 'The update server did not answer as expected. The log of Firstnode has the details.'
}
