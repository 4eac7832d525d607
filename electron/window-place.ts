import { z } from 'zod'

const place = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean(),
})
/** Where the window was, in the system's own pixels. */
export type WindowPlace = z.infer<typeof place>

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
    return place.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

/**
 * Where a window opens: where it was, if a screen still shows that place; else in the middle (without `x` and `y`), with the
 * size it had as far as the first screen has room for it. `screens`: the work areas, the main one first.
 */
export function placeOn(kept: WindowPlace | null, screens: readonly Area[]): { x?: number; y?: number; width: number; height: number } {
  const [main] = screens
  const wanted = kept ?? firstWindow
  const showing = kept === null ? undefined : screens.find((screen) => shows(screen, kept))
  const room = showing ?? main ?? wanted
  const width = Math.max(smallestWindow.width, Math.min(wanted.width, room.width))
  const height = Math.max(smallestWindow.height, Math.min(wanted.height, room.height))
  return kept === null || showing === undefined ? { width, height } : { x: kept.x, y: kept.y, width, height }
}

/** Can the upper edge of the window, by which it is moved, be taken hold of on this screen? */
function shows(screen: Area, kept: WindowPlace): boolean {
  const across = Math.min(kept.x + kept.width, screen.x + screen.width) - Math.max(kept.x, screen.x)
  const top = kept.y >= screen.y && kept.y <= screen.y + screen.height - holdable.height
  return across >= holdable.width && top
}
