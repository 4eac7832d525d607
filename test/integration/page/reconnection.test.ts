import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BreakableLine, openLine } from '../../page/breakable-line.ts'
import { password, token } from '../../page/scripted-answers.ts'
import type { Scenario } from '../../page/scripted-engine.ts'
import { page, serveAnew, served, testTheBuiltPage } from '../../page/tested-page.ts'

// The built page in the real browser host, over a line that breaks; only the engine behind it is a double.
let line: BreakableLine

beforeEach(async () => {
  line = await openLine()
})
afterEach(async () => {
  await line.close()
})
testTheBuiltPage({ scenario: 'one-new', pace: 15, options: () => ({ proxy: line.proxy }) })

const open = async (scenario: Scenario, pace = 15): Promise<void> => {
  served.engine.play(scenario)
  served.engine.pace = pace
  await page.goto(served.newAddress())
}
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const calls = (path: string) => served.engine.called.filter((one) => one === path).length
const notice = () => page.getByRole('status').filter({ hasText: 'Reconnecting' }).waitFor()
const connected = () => page.locator('.notice').waitFor({ state: 'detached' })

async function toStart(): Promise<void> {
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Setting it up')
}

/** Every line that the page holds, by scrolling through all of them: only those in sight are drawn. */
function linesOfPage(): Promise<string[]> {
  return page.evaluate(async () => {
    const box = document.querySelector<HTMLElement>('.log')
    if (box === null) throw new Error('There is no log')
    const rows = new Map<number, string>()
    const drawn = () => [...box.querySelectorAll<HTMLElement>('.log-line')].map((row) => [Number.parseInt(row.style.top, 10), row.lastElementChild?.textContent ?? ''] as const)
    for (let top = 0; top < box.scrollHeight; top += 100) {
      box.scrollTop = top
      const last = Math.floor((Math.min(box.scrollTop + box.clientHeight, box.scrollHeight) - 1) / 20) * 20
      while (!drawn().some(([at]) => at === last) || !drawn().some(([at]) => at <= box.scrollTop)) await new Promise(requestAnimationFrame)
      for (const [at, text] of drawn()) rows.set(at, text)
    }
    return [...rows].toSorted(([a], [b]) => a - b).map(([, text]) => text)
  })
}

test('a start goes on over a broken connection: the page says so, and no line of the log is doubled or missing', async () => {
  await open('fails', 600)
  await toStart()
  await page.locator('[data-phase=done]').nth(3).waitFor()
  const told = served.engine.log().length
  line.down()
  await notice()
  // The node goes on meanwhile.
  await expect.poll(() => served.engine.log().length).toBeGreaterThan(told + 2)
  line.up()
  await connected()
  line.cut()
  await heading('Something else listens on 0.0.0.0:9200 already')
  const whole = served.engine.log().filter(({ explains }) => !explains)
  expect(await linesOfPage()).toEqual(whole.map(({ text }) => text))
  expect(calls('setup.apply')).toBe(1)
  expect(calls('setup.watch')).toBeGreaterThanOrEqual(2)
})

test('a start that ends while there is no connection is found at its credentials', async () => {
  await open('one-new', 150)
  await toStart()
  line.down()
  await notice()
  await expect.poll(() => served.engine.stage()).toBe('ready')
  line.up()
  await heading('Elasticsearch is running, and secured')
})

test('the making of a home goes on over a broken connection', async () => {
  await open('nothing', 500)
  await press(/Download the practice copy/)
  await page.getByText(/of 412 MB/).waitFor()
  line.down()
  await notice()
  line.up()
  await connected()
  await heading('Review the changes')
  expect(calls('installation.practiceCopy')).toBe(1)
  expect(calls('work.watch')).toBe(2)
  expect(calls('work.cancel')).toBe(0)
})

test.for([
  ['the making of a home', 'nothing', 'installation.practiceCopy', async () => press(/Download the practice copy/), 'Fetching the practice copy of Elasticsearch 9.4.3'],
  ['a start', 'one-new', 'setup.apply', async () => { await press(/^Set up/); await press(/^Write/) }, 'Setting it up'],
  ['taking a set-up up', 'unfinished', 'setup.resume', async () => press(/^Take the set-up up/), 'Setting it up'],
] as const)('%s whose answer was lost with the connection is gone on with all the same', async ([, scenario, call, begin, title]) => {
  await open(scenario, 600)
  served.engine.onCall = (path) => path === call && line.cut()
  await begin()
  await heading(title)
  expect(calls(call)).toBe(1)
})

test('the credentials stay in sight and can be copied without a connection; that somebody has them is told once there is one', async () => {
  await open('one-new')
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
  line.down()
  await notice()
  await page.getByRole('img', { name: /Valid for another/ }).waitFor()
  await press('Show Kibana token')
  await page.getByText(token, { exact: true }).waitFor()
  await press('Copy password')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(password)
  expect(calls('setup.handedOver')).toBe(0)
  await press('New token')
  await page.getByRole('alert').filter({ hasText: 'broke off before it had answered' }).waitFor()
  await press('Try it')
  await expect.poll(() => page.getByRole('alert').count()).toBe(2)
  line.up()
  await connected()
  await expect.poll(() => calls('setup.handedOver')).toBe(1)
  await press('New token')
  await press('Try it')
  await page.getByText('You Know, for Search').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await press('I have stored the password')
  await heading('Next steps')
})

test('what a page asks while the connection breaks is asked again, and what was chosen meanwhile is kept', async () => {
  await open('one-new')
  await press(/^Set up/)
  await press(/^Advanced options/)
  line.down()
  await notice()
  await page.getByLabel('Node name').fill('web-07')
  line.up()
  await page.getByText('becomes the node').filter({ hasText: 'web-07' }).waitFor()
  await page.reload()
  await page.getByText('becomes the node').filter({ hasText: 'web-07' }).waitFor()
  expect(calls('setup.apply')).toBe(0)
})

test('an undo goes on over a broken connection and a reload, and says what it did', async () => {
  await open('configured', 700)
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await press(/^Undo the set-up/)
  await page.getByLabel('Password of the elastic user').fill(password)
  await press(/^Delete its data.*…$/)
  await page.getByRole('dialog').getByRole('button', { name: /^Delete its data/ }).click()
  await heading('Undoing the set-up')
  line.cut()
  await page.getByText('Stopping the node').waitFor()
  await page.reload()
  await heading('The set-up is undone')
  await page.getByText('was put back as it was before').waitFor()
  await page.reload()
  await heading('The set-up is undone')
  expect(calls('undo.apply')).toBe(1)
})

test('a host that comes back after it was told to be gone is gone on with', async () => {
  await open('nothing', 1500)
  await press(/Download the practice copy/)
  await heading(/^Fetching/)
  line.down()
  await page.getByText('does not answer any more').waitFor()
  line.up()
  await connected()
  await page.getByText(/of 412 MB/).waitFor()
  expect(calls('installation.practiceCopy')).toBe(1)
})

test('a host that was started anew is told of, and its own address opens it in the same tab', async () => {
  await open('one-new', 400)
  const { port } = new URL(page.url())
  await toStart()
  await served.close()
  await page.getByText('does not answer any more').waitFor()
  await serveAnew({ scenario: 'one-new', pace: 60, port: Number(port) })
  await page.getByText('Firstnode was restarted').waitFor()
  await page.goto(served.newAddress())
  await heading('Which Elasticsearch?')
  expect(await page.locator('.notice').count()).toBe(0)
})
