import { startBrowserHost } from '../../browser/host.ts'
import { pageDouble } from './page-double.ts'
import { routerDouble } from './router-double.ts'

/** A browser host in a process of its own, which ends with its standard input. Writes its address as one line. */
const page = await pageDouble()
const host = await startBrowserHost({ router: routerDouble().router, page: page.folder })
process.stdout.write(`${host.newAddress()}\n`)
process.stdin.resume().on('end', () => {
  void Promise.all([host.close(), page.remove()]).then(() => process.exit(0))
})
