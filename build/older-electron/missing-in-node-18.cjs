// oxlint-disable typescript/unbound-method -- static methods
// What the application uses and Node 18, the one inside Electron 25, does not have yet. Tests alone put this in front of
// the application's main program; what is shipped runs on Node 24 and never has it.
{
  const fs = require('node:fs')
  const { join } = require('node:path')

  Promise.withResolvers ??= function withResolvers() {
    let resolve, reject
    const promise = new this((...settle) => ([resolve, reject] = settle))
    return { promise, resolve, reject }
  }
  Symbol.dispose ??= Symbol('Symbol.dispose')
  Symbol.asyncDispose ??= Symbol('Symbol.asyncDispose')
  URL.parse ??= (...words) => {
    try {
      return new URL(...words)
    } catch {
      return null
    }
  }
  URL.canParse ??= (...words) => URL.parse(...words) !== null
  AbortSignal.any ??= (signals) => {
    const any = new AbortController()
    const done = signals.find(({ aborted }) => aborted)
    if (done !== undefined) any.abort(done.reason)
    for (const one of signals) one.addEventListener('abort', () => any.abort(one.reason), { once: true, signal: any.signal })
    return any.signal
  }
  Array.fromAsync ??= async (items, map = (item) => item) => {
    const all = []
    for await (const item of items) all.push(await map(item, all.length))
    return all
  }
  Object.groupBy ??= (items, keyOf) => Object.fromEntries(Map.groupBy(items, keyOf))
  Map.groupBy ??= (items, keyOf) => {
    const groups = new Map()
    for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
    return groups
  }
  process.getBuiltinModule ??= (name) => require(name)
  globalThis.navigator ??= { hardwareConcurrency: require('node:os').availableParallelism(), userAgent: 'Node.js/18' }
  globalThis.CustomEvent ??= class CustomEvent extends Event {
    constructor(type, { detail = null, ...options } = {}) {
      super(type, options)
      this.detail = detail
    }
  }
  // The kernel counts what the thread has run in ns; user and system time are one here.
  process.threadCpuUsage ??= (since = { user: 0, system: 0 }) => {
    const [ran] = fs.readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')
    return { user: Math.round(Number(ran) / 1000) - since.user, system: 0 }
  }

  // Recursive listings with types came in 18.17, `parentPath` in 18.20.
  const { readdir } = fs.promises
  fs.promises.readdir = async (folder, options) => {
    if (options?.recursive !== true) return readdir(folder, options)
    const { recursive: _, ...flat } = options
    const entries = await readdir(folder, { ...flat, withFileTypes: true })
    const listed = await Promise.all(entries.map(async (entry) => {
      entry.parentPath ??= String(folder)
      const below = entry.isDirectory() ? await fs.promises.readdir(join(String(folder), entry.name), options) : []
      const inside = options.withFileTypes === true ? below : below.map((path) => join(entry.name, path))
      return [options.withFileTypes === true ? entry : entry.name, ...inside]
    }))
    return listed.flat()
  }
}
