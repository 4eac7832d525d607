/** Where the window was, in the system's own pixels. */
export interface WindowPlace {
  /** missing where the system keeps places to itself */
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const smallestWindow = { width: 480, height: 520 } as const
/** With the bars that the system draws, room for every phase of a start at once. */
const firstWindow = { width: 1180, height: 900 } as const
/** As much of the window must be on a screen, in pixels, that somebody can take hold of it. */
const holdable = { width: 120, height: 60 }

/** What was kept, or null where there is nothing that can be read. */
export function readPlace(text: string | null): WindowPlace | null {
  try {
    const { x, y, width, height, maximized } = JSON.parse(text ?? '') as Record<string, unknown>
    const isRead = isPlace(x) && isPlace(y) && isSize(width) && isSize(height) && typeof maximized === 'boolean'
    return isRead ? { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }), width, height, maximized } : null
  } catch {
    return null
  }
}

function isPlace(value: unknown): value is number | undefined {
  return value === undefined || Number.isSafeInteger(value)
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

/**
 * Where a window opens: where it was, if a screen still shows that place; else in the middle of the first screen, with the
 * size it had as far as that screen has room for it. `screens`: the work areas, the main one first.
 */
export function placeOn(kept: WindowPlace | null, screens: readonly Area[]): Area {
  const wanted: Omit<WindowPlace, 'maximized'> = kept ?? firstWindow
  const showing = screens.find((screen) => shows(screen, wanted))
  const room = showing ?? screens[0] ?? { x: 0, y: 0, width: wanted.width, height: wanted.height }
  const width = Math.max(smallestWindow.width, Math.min(wanted.width, room.width))
  const height = Math.max(smallestWindow.height, Math.min(wanted.height, room.height))
  const middle = { x: room.x + Math.trunc((room.width - width) / 2), y: room.y + Math.trunc((room.height - height) / 2) }
  const { x = middle.x, y = middle.y } = showing === undefined ? middle : wanted
  return { x, y, width, height }
}

/**
 * The place to keep for a window that was opened at `asked`, was then seen at `shown`, and is at `now`. Window managers of X11 draw a frame
 * around what was asked for and count from inside it: without taking that off, a window would creep by its frame at each start.
 */
export function placeToKeep({ asked, shown, now }: { asked: Area; shown: Area; now: Area }): Area {
  return { x: asked.x + now.x - shown.x, y: asked.y + now.y - shown.y, width: now.width, height: now.height }
}

/** Does the system tell nobody where windows are? Wayland does not: every place reads 0,0 there. */
export function keepsPlacesToItself(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, backend: string): boolean {
  if (platform !== 'linux' || backend === 'x11') return false
  return backend === 'wayland' || (env.XDG_SESSION_TYPE === 'wayland' && Boolean(env.WAYLAND_DISPLAY))
}

/** Can the upper edge of the window, by which it is moved, be taken hold of on this screen? */
function shows(screen: Area, { x, y, width }: { x?: number | undefined; y?: number | undefined; width: number }): boolean {
  if (x === undefined || y === undefined) return false
  const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  const top = y >= screen.y && y <= screen.y + screen.height - holdable.height
  return across >= holdable.width && top
}
