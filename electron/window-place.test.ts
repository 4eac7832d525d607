import { expect, test } from 'vitest'
import { keepsPlacesToItself, placeOn, placeToKeep, readPlace, smallestWindow } from './window-place.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 1920, height: 1080 }
const kept = { x: 1600, y: 100, width: 1000, height: 700, maximized: false }

test('a window opens where it was while a screen still shows that place', () => {
  expect(placeOn(kept, [laptop, beside])).toEqual({ x: 1600, y: 100, width: 1000, height: 700 })
})

test('where the screen is gone it opens in the middle, with the size it had', () => {
  expect(placeOn(kept, [laptop])).toEqual({ x: 220, y: 112, width: 1000, height: 700 })
})

test('a window whose upper edge cannot be taken hold of counts as gone', () => {
  for (const [x, y] of [[-950, 100], [100, -10], [100, 890]] as const) {
    expect(placeOn({ ...kept, x, y }, [laptop])).toEqual({ x: 220, y: 112, width: 1000, height: 700 })
  }
})

test('a window is never larger than the screen it opens on, nor too small to read', () => {
  expect(placeOn({ ...kept, width: 4000, height: 3000 }, [laptop])).toEqual({ ...laptop })
  expect(placeOn({ ...kept, x: 10, y: 40, width: 20, height: 20, maximized: false }, [laptop])).toMatchObject(smallestWindow)
})

test('what was kept and cannot be read is as if nothing had been kept', () => {
  const place = { x: 1, y: 1, width: 1, height: 1, maximized: true }
  const wrong = [{ x: 1 }, { ...place, x: '1' }, { ...place, y: null }, { ...place, width: 0 }, { ...place, height: 1.5 }, { ...place, maximized: 'no' }, [], null, 7]
  expect(readPlace(JSON.stringify(place))).toEqual(place)
  for (const text of [null, '', '{', ...wrong.map((one) => JSON.stringify(one))]) expect(readPlace(text)).toBeNull()
  expect(readPlace(JSON.stringify(kept))).toEqual(kept)
  expect(placeOn(null, [laptop])).toEqual({ x: 130, y: 25, width: 1180, height: 875 })
})

test('a window does not creep by the frame that its window manager draws, and is kept where it was moved to', () => {
  const asked = { x: 60, y: 40, width: 1000, height: 650 }
  const shown = { ...asked, x: 61, y: 60 }
  expect(placeToKeep({ asked, shown, now: shown })).toEqual(asked)
  expect(placeToKeep({ asked, shown, now: { x: 161, y: 80, width: 900, height: 600 } })).toEqual({ x: 160, y: 60, width: 900, height: 600 })
})

test('where the system keeps places to itself, none is kept, and the window opens in the middle with its size', () => {
  expect(readPlace('{"width":1000,"height":700,"maximized":false}')).toEqual({ width: 1000, height: 700, maximized: false })
  expect(placeOn({ width: 1000, height: 700, maximized: false }, [laptop])).toEqual({ x: 220, y: 112, width: 1000, height: 700 })
  const wayland = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' }
  expect(keepsPlacesToItself('linux', wayland, '')).toBe(true)
  expect(keepsPlacesToItself('linux', {}, 'wayland')).toBe(true)
  expect(keepsPlacesToItself('linux', wayland, 'x11')).toBe(false)
  expect(keepsPlacesToItself('linux', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' }, '')).toBe(false)
  expect(keepsPlacesToItself('darwin', wayland, '')).toBe(false)
})
