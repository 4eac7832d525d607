import { readFileSync } from 'node:fs'
import type { Response } from '@playwright/test'
import { expect, test } from 'vitest'
import { builtInUsers } from '../../../shared/built-in-users.ts'
import { fingerprintWords } from '../../../shared/fingerprint-words.ts'
import { axeViolations } from '../../page/axe.ts'
import { newPassword, password, token } from '../../page/scripted-answers.ts'
import type { Scenario } from '../../page/scripted-engine.ts'
import { browser, complaints, page, served, testTheBuiltPage } from '../../page/tested-page.ts'
import { firstOf } from '../../support/in-turn.ts'

// The built page in the real browser host; only the engine behind it is a double.
testTheBuiltPage({ scenario: 'one-new', pace: 15 })

const open = async (scenario: Scenario): Promise<void> => {
  served.engine.play(scenario)
  await page.goto(served.newAddress())
}
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
const focusOn = async (words: RegExp) => {
  await expect.poll(focused, { timeout: 10_000 }).toMatch(words)
}

async function toCredentials(): Promise<void> {
  await open('one-new')
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
}

test('the Enter key alone leads from the first page to the credentials, in two presses', async () => {
  await open('one-new')
  await focusOn(/^Set up Elasticsearch 9.4.3/)
  await page.keyboard.press('Enter')
  await focusOn(/^Write 5 files and start/)
  await page.keyboard.press('Enter')
  await heading('Elasticsearch is running, and secured')
  await focusOn(/^I have stored the password/)
  expect(complaints).toEqual([])
})

test('a key that is held down presses once', async () => {
  await open('one-new')
  await focusOn(/^Set up/)
  await page.keyboard.down('Enter')
  await focusOn(/^Write/)
  for (let again = 0; again < 10; again += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await heading('Review the changes')
  expect(served.engine.called).not.toContain('setup.apply')
})

test('nothing is fetched, planned or applied before somebody asks for it', async () => {
  await open('nothing')
  await page.getByRole('button', { name: /Download the practice copy \(412 MB\)/ }).waitFor()
  expect(served.engine.called.filter((path) => !path.startsWith('host.'))).toEqual(['installation.find'])
})

test('a reload in the middle of the start goes on with it, and a reload at the credentials stays there', async () => {
  served.engine.pace = 250
  await open('one-new')
  await press(/^Set up/)
  await press(/^Write/)
  await page.getByRole('heading', { name: 'Setting it up' }).waitFor()
  await page.reload()
  await heading('Elasticsearch is running, and secured')
  expect(served.engine.called.filter((path) => path === 'setup.apply')).toHaveLength(1)
  await press('Show password')
  await page.reload()
  await heading('Elasticsearch is running, and secured')
})

test('what was chosen on Review outlives a reload, a password of one\'s own does not', async () => {
  await open('one-new')
  await press(/^Set up/)
  await press(/^Advanced options/)
  await page.getByLabel('Node name').fill('web-07')
  await page.getByLabel('Password of the elastic user').fill('one of my own')
  await page.getByText('gets the password you chose').waitFor()
  await page.reload()
  await page.getByText('becomes the node').filter({ hasText: 'web-07' }).waitFor()
  await page.getByText('A password is generated').waitFor()
  expect(served.engine.called).not.toContain('setup.apply')
})

test('secrets are hidden until they are asked for, and reach no storage, title, address or attribute', async () => {
  await toCredentials()
  const everything = () => page.evaluate(() => document.documentElement.outerHTML)
  expect(await everything()).not.toContain(password)
  expect(await everything()).not.toContain(token)
  await press('Show password')
  await press('Show Kibana token')
  await page.getByText(password, { exact: true }).waitFor()
  const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.title, location.href, document.cookie, history.state]))
  for (const secret of [password, token]) expect(kept).not.toContain(secret)
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual(['firstnode.session'])
  expect(page.url()).not.toContain('#')
})

test('a copy answers on its button, and the clipboard can be cleared at once', async () => {
  await toCredentials()
  await press('Copy password')
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(password)
  await press('Clear now')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('')
})

test('who leaves with nothing shown or copied is asked once; then the set-up is handed over', async () => {
  await toCredentials()
  await press('I have stored the password')
  await page.getByRole('dialog', { name: /Leave without the password/ }).waitFor()
  expect(served.engine.called).not.toContain('setup.handedOver')
  await press('Leave without it')
  await heading('Next steps')
  expect(served.engine.called).toContain('setup.handedOver')
})

test('a password that was shown counts as handed over: nobody is asked, and the credentials can be looked at again', async () => {
  await toCredentials()
  await press('Show password')
  await expect.poll(() => served.engine.called).toContain('setup.handedOver')
  await press('I have stored the password')
  await heading('Next steps')
  await press(/Back to Credentials/)
  await heading('Elasticsearch is running, and secured')
  expect(served.engine.called.filter((path) => path === 'setup.apply')).toHaveLength(1)
})

test('the CA certificate is saved as a file', async () => {
  await toCredentials()
  const download = page.waitForEvent('download')
  await press('Save http_ca.crt')
  const saved = await download
  expect(saved.suggestedFilename()).toBe('http_ca.crt')
  expect(readFileSync(await saved.path(), 'utf8')).toContain('-----BEGIN CERTIFICATE-----')
})

test('the lines for the terminal follow the shell that is chosen', async () => {
  await toCredentials()
  await press('PowerShell')
  await page.getByRole('region', { name: 'Line that calls Elasticsearch' }).filter({ hasText: 'curl.exe --cacert' }).waitFor()
  await press('cmd')
  expect(await page.getByRole('region', { name: 'Line that sets the password' }).textContent()).toMatch(/^set "ELASTIC_PASSWORD=•+"$/)
})

test('a failed start shows what happened, what was put back, and the log at the line that explains it', async () => {
  await open('fails')
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Something else listens on 0.0.0.0:9200 already')
  await page.getByText('every file is as it was before').waitFor()
  expect(await page.locator('.log-line[data-explains=true]').textContent()).toContain('BindHttpException')
})

test('cancel says what it will put back before it does', async () => {
  served.engine.pace = 2000
  await open('one-new')
  await press(/^Set up/)
  await press(/^Write/)
  await press('Cancel')
  await page.getByText('Nothing has been written yet').waitFor()
  expect(served.engine.called).not.toContain('setup.cancel')
  await press('Cancel and put everything back')
  await heading('Cancelled')
  expect(served.engine.called).toContain('setup.cancel')
})

test('a path that was typed while the first folder was still being listed is kept, and gone to', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  await open('nothing')
  served.engine.onCall = (path) => (path === 'host.listFolder' ? promise : undefined)
  await press('Choose a folder or an archive')
  const field = page.getByLabel('Path of a folder')
  await field.fill('/opt/mine')
  resolve()
  await page.getByRole('group', { name: 'Places' }).waitFor()
  expect(await field.inputValue()).toBe('/opt/mine')
  await press('Go')
  await expect.poll(() => served.engine.called.filter((path) => path === 'host.listFolder').length).toBe(2)
})

test('where Elasticsearch would skip security, starting as it is takes a deliberate tick', async () => {
  await open('skipped')
  await press(/^Set up/)
  await heading('Elasticsearch would start unsecured')
  await press(/^Start without configuring security/)
  const start = page.getByRole('button', { name: 'Start without security' })
  expect(await start.isDisabled()).toBe(true)
  await page.getByRole('checkbox').check()
  await start.click()
  await expect.poll(() => served.engine.called).toContain('setup.startAsIs')
})

/** By the button and the answer to its question. */
async function commentOut(): Promise<void> {
  await press('Comment out 2 settings')
  await page.getByRole('dialog').getByRole('button', { name: 'Comment out 2 settings' }).click()
}

test('what stands in the way is undone after a preview and a question, and the way goes on', async () => {
  await open('skipped')
  await press(/^Set up/)
  await focusOn(/^Comment out 2 settings…/)
  await page.keyboard.press('Enter')
  await heading('Remove the blocking settings')
  await page.getByRole('region', { name: 'Changes in elasticsearch.yml' }).filter({ hasText: '#xpack.security.enabled: false' }).waitFor()
  expect(served.engine.called).not.toContain('preflight.applyRemedy')
  await focusOn(/^Comment out 2 settings…$/)
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Remove these settings?' })
  await question.getByText('Commented out in elasticsearch.yml: cluster.initial_master_nodes, xpack.security.enabled.').waitFor()
  await focusOn(/^Cancel$/)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached' })
  await focusOn(/^Comment out 2 settings…$/)
  expect(served.engine.called).not.toContain('preflight.applyRemedy')
  await commentOut()
  await heading('Review the changes')
  await page.getByText('2 settings commented out, 14 checks passed').first().waitFor({ state: 'attached' })
  expect(served.engine.called.filter((path) => path === 'preflight.applyRemedy')).toHaveLength(1)
  expect(complaints).toEqual([])
})

test('what no plan can undo is said before and after', async () => {
  await open('stays')
  await press(/^Set up/)
  await press(/^Comment out 2 settings…/)
  await page.getByRole('region', { name: 'What still blocks the setup' }).filter({ hasText: 'belongs to root' }).waitFor()
  await press('Back to the checks')
  await heading('Elasticsearch would start unsecured')
  await press(/^Comment out 2 settings…/)
  await heading('Remove the blocking settings')
  await commentOut()
  await page.getByRole('status').filter({ hasText: '2 settings commented out. What follows is left.' }).waitFor()
  await page.getByRole('button', { name: 'Check again' }).waitFor()
  expect(await page.getByRole('button', { name: /^Comment out/ }).count()).toBe(0)
})

test('a file that was edited meanwhile is not overwritten: it is told, and looked at again', async () => {
  await open('skipped')
  await press(/^Set up/)
  await press(/^Comment out 2 settings…/)
  served.engine.changeFileOnce()
  await heading('Remove the blocking settings')
  await commentOut()
  await page.getByRole('alert').filter({ hasText: 'was changed after the plan was made' }).waitFor()
  await press('Review them again')
  await heading('Remove the blocking settings')
  await commentOut()
  await heading('Review the changes')
  expect(served.engine.called.filter((path) => path === 'preflight.applyRemedy')).toHaveLength(2)
})

test('where nothing can be undone, nothing is offered or previewed', async () => {
  await open('in-use')
  await press(/^Set up/)
  await heading('Elasticsearch would start unsecured')
  await focusOn(/^Check again/)
  expect(served.engine.called).not.toContain('preflight.previewRemedy')
})

test('a locked keystore is asked for its password, and a wrong one is told', async () => {
  await open('locked')
  await press(/^Set up/)
  await page.getByLabel('Password of elasticsearch.keystore').fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText('was not accepted').waitFor()
  await page.getByLabel('Password of elasticsearch.keystore').fill('right')
  await page.keyboard.press('Enter')
  await heading('Review the changes')
  expect(served.engine.called.filter((path) => path === 'setup.plan')).toHaveLength(3)
})

test('an unfinished set-up is taken up from the first page', async () => {
  await open('unfinished')
  await press('Take the set-up up again')
  await heading('Elasticsearch is running, and secured')
  expect(served.engine.called).toContain('setup.resume')
})

test('where the node of an interrupted join must be started and its keystore is locked, its password is asked for, and it is taken up with that', async () => {
  await open('unfinished-locked')
  await press('Take the set-up up again')
  await heading('A set-up began here and did not end')
  await press('Take the set-up up again')
  const field = page.getByLabel('Password of elasticsearch.keystore')
  await field.fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText('was not accepted').waitFor()
  await field.fill('right')
  await page.keyboard.press('Enter')
  await heading(/joined the cluster$/)
  expect(await axeViolations(page)).toEqual([])
})

async function toNewPassword(scenario: 'configured' | 'configured-locked'): Promise<void> {
  await open(scenario)
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await heading('Elasticsearch 9.4.3 is running')
  await press(/^New password/)
}

/** By the button and the answer to its question. */
async function setNewPassword(): Promise<void> {
  await press('Set a new password…')
  await page.getByRole('dialog').getByRole('button', { name: 'Set a new password' }).click()
}

test('a new password is set without the old one, hidden, copied, and kept in no storage', async () => {
  await toNewPassword('configured')
  await setNewPassword()
  await page.getByText('Elasticsearch accepts it.').waitFor()
  await page.getByText('A Kibana that was enrolled with a token goes on').waitFor()
  const everything = () => page.evaluate(() => document.documentElement.outerHTML)
  expect(await everything()).not.toContain(newPassword)
  await press('Copy new password')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(newPassword)
  await press('Clear now')
  await press('Show new password')
  await page.getByText(newPassword, { exact: true }).waitFor()
  const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.title, location.href, history.state]))
  expect(kept).not.toContain(newPassword)
  await press('Refresh')
  await heading('Elasticsearch 9.4.3 is running')
  await page.getByText('Elasticsearch accepts it.').waitFor()
  await press('Set another')
  expect(await everything()).not.toContain(newPassword)
  expect(complaints).toEqual([])
})

test('a new password of one\'s own, for another user, with the present one of elastic; a wrong one of that is told', async () => {
  await toNewPassword('configured')
  await press(/^Advanced options/)
  const offered = await page.locator('datalist option').evaluateAll((options) => options.map((option) => option.getAttribute('value')))
  expect(offered).toEqual([...builtInUsers])
  await page.getByLabel('User', { exact: true }).fill('kibana_system')
  await page.getByLabel('New password', { exact: true }).fill('one of my own')
  await page.getByLabel('Current password of the elastic user').fill('wrong')
  await setNewPassword()
  await page.getByText('did not accept the password of elastic').waitFor()
  await page.getByLabel('Current password of the elastic user').fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('elasticsearch.password').waitFor()
  await press('Show new password')
  await page.getByText('one of my own', { exact: true }).waitFor()
  expect(served.engine.called.filter((path) => path === 'cluster.newPassword')).toHaveLength(2)
})

test('a new password asks first what stops working, unless nobody knows the old one; the safe answer has the focus', async () => {
  await toNewPassword('configured')
  await press('Set a new password…')
  const question = page.getByRole('dialog', { name: 'Replace the password of elastic?' })
  await question.getByText('stops working at once').waitFor()
  await focusOn(/^Cancel$/)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await focusOn(/^Set a new password…$/)
  expect(served.engine.called).not.toContain('cluster.newPassword')
})

test('a new password that nobody took is kept until somebody has it, and leaving it is asked about', async () => {
  await toNewPassword('configured')
  await setNewPassword()
  await page.getByText('Elasticsearch accepts it.').waitFor()
  await press('Choose another')
  await heading('Which Elasticsearch?')
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await heading('Elasticsearch 9.4.3 is running')
  await page.getByText('Elasticsearch accepts it.').waitFor()
  await press('Set another…')
  await page.getByRole('dialog', { name: 'Leave without this password?' }).getByRole('button', { name: 'Cancel' }).click()
  await press('Copy new password')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(newPassword)
  await expect.poll(() => served.engine.called.filter((path) => path === 'cluster.passwordHandedOver')).toHaveLength(1)
  expect(complaints).toEqual([])
})

/** Whether the browser would ask before this page is closed. */
const warnsOnLeaving = () => page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))

test('whoever copied a new password is not warned after looking again, a reload or a copy in another window', async () => {
  await toNewPassword('configured')
  await setNewPassword()
  await page.getByText('Elasticsearch accepts it.').waitFor()
  expect(await warnsOnLeaving()).toBe(true)
  const other = await page.context().newPage()
  await other.goto(served.newAddress())
  await other.getByText('Elasticsearch accepts it.').waitFor()
  await other.getByRole('button', { name: 'Copy new password' }).click()
  await expect.poll(() => served.engine.called).toContain('cluster.passwordHandedOver')
  await press('Refresh')
  await page.getByRole('button', { name: 'Set another', exact: true }).waitFor()
  expect(await warnsOnLeaving()).toBe(false)
  await page.reload()
  await heading('Elasticsearch 9.4.3 is running')
  expect(await page.getByText('Elasticsearch accepts it.').count()).toBe(0)
  expect(await warnsOnLeaving()).toBe(false)
})

test('where the keystore has a password, a new password of a user asks for it', async () => {
  await toNewPassword('configured-locked')
  await setNewPassword()
  await page.getByLabel('Password of elasticsearch.keystore').fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText('was not accepted').waitFor()
  await page.getByLabel('Password of elasticsearch.keystore').fill('right')
  await page.keyboard.press('Enter')
  await page.getByText('Elasticsearch accepts it.').waitFor()
  expect(served.engine.called.filter((path) => path === 'cluster.newPassword')).toHaveLength(3)
})

test('a node that does not run is to be started before it takes a new password', async () => {
  await toNewPassword('configured')
  await press(/^Stop the node/)
  await page.getByRole('button', { name: 'Stop the node', exact: true }).click()
  await heading('Elasticsearch 9.4.3 is set up, and not running')
  await page.getByText('Start the node first').waitFor()
  expect(await page.getByRole('button', { name: 'Set a new password' }).isDisabled()).toBe(true)
})

test('what the Tab key leads to is never covered by what stays at the edges of the window', async () => {
  await toNewPassword('configured')
  const covered: string[] = []
  await page.evaluate(() => window.scrollTo(0, 0))
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab')
    const [what, over] = await page.evaluate(() => {
      const one = document.activeElement ?? document.body
      const { left, right, top, bottom } = one.getBoundingClientRect()
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return [one.textContent ?? '', hit === null || !(one.contains(hit) || hit.contains(one)) || hit.classList.contains('page-foot') ? (hit?.className ?? 'nothing') : ''] as const
    })
    if (over !== '') covered.push(`${what}: ${over}`)
    if (what === 'Undo the set-uptake back what Firstnode wrote') break
  }
  expect(covered).toEqual([])
  expect(await focused()).toMatch(/^Undo the set-up/)
})

test('an address opens the page once, and a second tab with it is told what to do', async () => {
  const address = served.newAddress()
  await page.goto(address)
  await heading('Which Elasticsearch?')
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(address)
  await other.getByRole('heading', { name: 'This address was used already' }).waitFor()
  expect(await other.getByRole('listitem').allTextContents()).toContainEqual(expect.stringContaining('Press Enter there'))
  await stranger.close()
})

test('a host that has ended is told of, with the way on', async () => {
  await open('one-new')
  await heading('Which Elasticsearch?')
  await served.close()
  await expect.poll(() => page.getByRole('status').allTextContents(), { timeout: 20_000 }).toContainEqual(expect.stringContaining('A node that was started keeps running'))
})

test('the first load is below 250 KB of JavaScript, gzipped', async () => {
  const scripts = new Map<string, number>()
  const { gzipSync } = await import('node:zlib')
  const read: Promise<unknown>[] = []
  const note = (response: Response): void => {
    if (response.url().endsWith('.js')) read.push(response.body().then((body) => scripts.set(response.url(), gzipSync(body).length)))
  }
  page.on('response', note)
  await open('one-new')
  await heading('Which Elasticsearch?')
  await page.waitForLoadState('networkidle')
  // The later steps are fetched after that, and come when they come.
  page.off('response', note)
  await Promise.all(read)
  const bytes = [...scripts.values()].reduce((sum, one) => sum + one, 0)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(250_000)
})


test.for(firstOf('light', 'dark'))('axe-core finds nothing on the way through (%s)', async (colorScheme) => {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  const accessible = async (): Promise<void> => expect(await axeViolations(page)).toEqual([])
  await open('several')
  await heading('Which Elasticsearch?')
  await press(/^Advanced options/)
  await accessible()
  await press(/^Set up/)
  await heading('Review the changes')
  await press(/^Advanced options/)
  await accessible()
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
  await press('Show password')
  await accessible()
  await press('I have stored the password')
  await page.getByText('elected master').waitFor()
  await accessible()
  expect(complaints).toEqual([])
})

test('a node that was configured by hand without TLS is started, and its page says what that means', async () => {
  await open('by-hand')
  await page.getByRole('radio').first().check()
  await press(/^Show the node/)
  await heading(/is set up, and not running$/)
  await page.getByText('turn on no TLS for clients').waitFor()
  await press('Start the node')
  await heading('Elasticsearch 9.4.3 is running')
  expect(await page.getByText('http://localhost:9200', { exact: true }).count()).toBeGreaterThan(0)
  expect(await page.getByText('CA fingerprint').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('undoing a stopped node asks for the password of its keystore', async () => {
  await open('stopped')
  await page.getByRole('radio').first().check()
  await press(/^Show the node/)
  await press(/^Undo the set-up/)
  const ask = page.getByRole('button', { name: /^Delete its data and undo…/ })
  const confirm = page.getByRole('dialog').getByRole('button', { name: /^Delete its data and undo/ })
  const field = page.getByRole('textbox', { name: 'Password of elasticsearch.keystore' })
  await ask.click()
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
  await field.fill('wrong')
  await ask.click()
  await confirm.click()
  await heading(/The password does not open elasticsearch.keystore/)
  await press('Back to the node')
  await press(/^Undo the set-up/)
  await field.fill('right')
  await ask.click()
  await confirm.click()
  await heading('The set-up is undone')
  expect(complaints).toEqual([])
})

test('undoing the set-up asks first what will be deleted: the safe answer has the focus, Escape gives it, and only the other one deletes', async () => {
  await open('configured')
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await press(/^Undo the set-up/)
  const field = page.getByLabel('Password of the elastic user')
  await field.fill(password)
  await field.press('Enter')
  const ask = page.getByRole('button', { name: /^Delete its data and undo…/ })
  const dialog = page.getByRole('dialog', { name: 'Delete the data and undo the setup?' })
  await ask.click()
  await dialog.getByText('Its data is deleted').waitFor()
  await focusOn(/^Cancel$/)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await ask.click()
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await focusOn(/^Delete its data/)
  expect(served.engine.called).not.toContain('undo.apply')
  await ask.click()
  await dialog.getByRole('button', { name: /^Delete its data/ }).click()
  await heading('The set-up is undone')
  expect(complaints).toEqual([])
})

test('whoever copied the password is not told on coming back, after a reload or in another window that it never was', async () => {
  await toCredentials()
  const other = await page.context().newPage()
  await other.goto(served.newAddress())
  await other.getByRole('heading', { name: 'Elasticsearch is running, and secured' }).waitFor()
  await press('Copy password')
  await expect.poll(() => served.engine.stage()).toBe('handed-over')
  await press('I have stored the password')
  await heading('Next steps')
  await press(/Back to Credentials/)
  await press('I have stored the password')
  await heading('Next steps')
  await press(/Back to Credentials/)
  await page.reload()
  await press('I have stored the password')
  await heading('Next steps')
  await other.getByRole('button', { name: 'I have stored the password' }).click()
  await other.getByRole('heading', { level: 1, name: 'Next steps' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('what the fingerprint does not prove is said where it is explained', async () => {
  await toCredentials()
  await press('What is this?')
  await page.getByText(fingerprintWords.limit).waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test.each(['undo_no_master', 'undo_absent_nodes'] as const)('a node whose cluster is gone is undone without the others once somebody answers that they no longer exist: %s', async (code) => {
  await open('stopped')
  served.engine.orphan(code)
  await page.getByRole('radio').first().check()
  await press(/^Show the node/)
  await press(/^Undo the set-up/)
  await page.getByRole('textbox', { name: 'Password of elasticsearch.keystore' }).fill('right')
  await press('Delete its data and undo…')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete its data and undo' }).click()
  const others = page.getByRole('region', { name: 'Undo without the other nodes' })
  await others.waitFor()
  await focusOn(/^Back to the node$/)
  expect(await axeViolations(page)).toEqual([])
  await others.getByRole('button', { name: 'Undo without the other nodes…' }).click()
  const question = page.getByRole('dialog', { name: 'Do the other nodes no longer exist?' })
  await question.getByText('The data of this node is deleted').waitFor()
  await focusOn(/^Cancel$/)
  expect(served.engine.undoWishes).toHaveLength(1)
  await question.getByRole('button', { name: 'Undo without the other nodes' }).click()
  await heading('The set-up is undone')
  expect(served.engine.undoWishes).toEqual([
    { othersGone: false, keystorePassword: 'right' },
    { othersGone: true, keystorePassword: 'right' },
  ])
  expect(complaints).toEqual([])
})

test('an undo that is refused for any other reason offers no way around it', async () => {
  await open('stopped')
  await page.getByRole('radio').first().check()
  await press(/^Show the node/)
  await press(/^Undo the set-up/)
  await page.getByRole('textbox', { name: 'Password of elasticsearch.keystore' }).fill('wrong')
  await press('Delete its data and undo…')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete its data and undo' }).click()
  await heading(/The password does not open elasticsearch.keystore/)
  expect(await page.getByRole('button', { name: /without the other nodes/ }).count()).toBe(0)
})

test('a search that ended too early is said above the list of homes, also where none was found, and can be repeated', async () => {
  const incomplete = { code: 'search_incomplete', message: 'This list of Elasticsearch may not be complete.', remedy: 'Search again or specify its folder.' }
  for (const scenario of ['several', 'nothing'] as const) {
    served.engine.play(scenario)
    served.engine.endSearch(incomplete)
    await page.goto(served.newAddress())
    await page.getByRole('status').filter({ hasText: `${incomplete.message} ${incomplete.remedy}` }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    served.engine.endSearch(null)
    await press('Search again')
    await expect.poll(() => page.getByText(incomplete.message).count()).toBe(0)
  }
  expect(complaints).toEqual([])
})
