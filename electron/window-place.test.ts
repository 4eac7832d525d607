import { expect, test } from 'vitest'
import { placeOn, readPlace, smallestWindow } from './window-place.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 1920, height: 1080 }
const kept = { x: 1600, y: 100, width: 1000, height: 700, maximized: false }

test('a window opens where it was while a screen still shows that place', () => {
  expect(placeOn(kept, [laptop, beside])).toEqual({ x: 1600, y: 100, width: 1000, height: 700 })
})

test('where the screen is gone it opens in the middle, with the size it had', () => {
  expect(placeOn(kept, [laptop])).toEqual({ width: 1000, height: 700 })
})

test('a window whose upper edge cannot be taken hold of counts as gone', () => {
  expect(placeOn({ ...kept, x: -950, y: 100 }, [laptop])).not.toHaveProperty('x')
  expect(placeOn({ ...kept, x: 100, y: -10 }, [laptop])).not.toHaveProperty('y')
  expect(placeOn({ ...kept, x: 100, y: 890 }, [laptop])).not.toHaveProperty('y')
})

test('a window is never larger than the screen it opens on, nor too small to read', () => {
  expect(placeOn({ ...kept, width: 4000, height: 3000 }, [laptop])).toEqual({ width: 1440, height: 875 })
  expect(placeOn({ ...kept, x: 10, y: 40, width: 20, height: 20, maximized: false }, [laptop])).toMatchObject(smallestWindow)
})

test('what was kept and cannot be read is as if nothing had been kept', () => {
  for (const text of [null, '', '{', '{"x":1}', '{"x":"1","y":1,"width":1,"height":1,"maximized":true}']) expect(readPlace(text)).toBeNull()
  expect(readPlace(JSON.stringify(kept))).toEqual(kept)
  expect(placeOn(null, [laptop])).toEqual({ width: 1180, height: 875 })
})
