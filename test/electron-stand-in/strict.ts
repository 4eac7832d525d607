/** Asked for by the language itself (await, JSON, inspection) of anything: not a mistake. */
const asked = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype', '__esModule', 'inspect', 'length', 'name'])

/** What an application uses of Electron and the stand-in does not have. */
export class NotInStandIn extends Error {
  override name = 'NotInStandIn'
  constructor(what: string) {
    super(`The stand-in for Electron has no ${what}. Do not use it, or build it in test/electron-stand-in/.`)
  }
}

const classes = new WeakSet<object>()

/** `target` as an application sees it: to read or write a member that the stand-in does not have throws. */
export function strict<T extends object>(name: string, target: T): T {
  const bound = new Map<unknown, unknown>()
  const has = (key: PropertyKey) => typeof key === 'symbol' || key in target || asked.has(key)
  return new Proxy(target, {
    get(_, key) {
      if (!has(key)) throw new NotInStandIn(`${name}.${String(key)}`)
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function' || key === 'constructor' || classes.has(value)) return value
      if (!bound.has(value)) bound.set(value, Object.assign(value.bind(target), value))
      return bound.get(value)
    },
    set(_, key, value) {
      if (!has(key)) throw new NotInStandIn(`${name}.${String(key)} (it was written)`)
      return Reflect.set(target, key, value, target)
    },
  })
}

/** A class as an application sees it: its static members and those of its instances are strict. `seen` gives the instance that is already strict. */
export function strictClass<T extends abstract new (...args: never[]) => object>(name: string, target: T, seen: (made: object) => object): T {
  const has = (key: PropertyKey) => typeof key === 'symbol' || key in target || asked.has(key)
  const seenClass = new Proxy(target, {
    get(_, key) {
      if (!has(key)) throw new NotInStandIn(`${name}.${String(key)}`)
      return Reflect.get(target, key, target)
    },
    construct: (_, args, made) => seen(Reflect.construct(target as unknown as new (...args: unknown[]) => object, args, made) as object),
  })
  classes.add(seenClass)
  return seenClass
}

/** Refuses options that the stand-in does not know; without a value an option is not given. */
export function knownOptions(what: string, options: object, known: readonly string[]): void {
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && !known.includes(key)) throw new NotInStandIn(`option "${key}" of ${what}`)
  }
}
