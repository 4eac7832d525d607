import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { folderTree } from '../support/folder-tree.ts'
import { long } from '../support/long.ts'
import { answerQuestions, askAsPage, begin, type Desktop, expect, headingOf, starting, test, watchTheSystem } from './desktop.ts'

/** Keeps in `file` what is in the clipboard, since nobody can look into it when the application has ended. */
async function keepClipboard({ app }: Desktop, file: string): Promise<void> {
  await app.evaluate(({ clipboard }, file) => {
    const { writeFileSync } = process.getBuiltinModule('node:fs')
    const write = clipboard.writeText.bind(clipboard)
    Object.assign(clipboard, {
      writeText: (text: string) => {
        writeFileSync(file, text)
        return write(text)
      },
    })
  }, file)
}

test('quitting while something is applied asks; it goes on if told to stay, and is put back byte for byte if not', async ({ desktops, home }) => {
  const before = await folderTree(home.home)
  const { app, page, process, log } = await desktops.start({ ES_HOME: home.home, ES_JAVA_HOME: home.java })
  const asked = await answerQuestions(app, 0)
  await begin(page, home)
  await expect(page.locator('[data-phase=done]').nth(1)).toBeVisible({ timeout: starting })
  await app.evaluate(({ app }) => app.quit())
  await expect.poll(asked).toHaveLength(1)
  expect((await asked())[0]).toContain(`Elasticsearch in ${home.home} is being set up`)
  await expect(page.getByRole('heading', { level: 1, name: 'Setting it up' })).toBeVisible()

  // What goes on goes on without its page as well, and the page comes back to it.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect.poll(log).toContain('The page has gone')
  await expect.poll(() => headingOf(app)).toBe('Setting it up')

  // The window's own way out asks as well.
  await answerQuestions(app, 1)
  const ended = once(process, 'exit')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  expect(await ended).toEqual([0, null])
  expect(await log()).toContain('Firstnode ends.')
  expect(await folderTree(home.home)).toEqual(before)
})

// A set-up killed outright and taken up again is in every `npm test` by the command line; here it costs a start more.
if (long) {
  test('an application killed while it applies finds that at its next start, and takes it up to credentials', async ({ desktops, home }) => {
    const env = { ES_HOME: home.home, ES_JAVA_HOME: home.java }
    const first = await desktops.start(env)
    await begin(first.page, home)
    await expect(first.page.locator('[data-phase=done]').nth(1)).toBeVisible({ timeout: starting })
    const ended = once(first.process, 'exit')
    first.process.kill('SIGKILL')
    await ended
    expect(existsSync(join(home.home, 'config', '.firstnode', 'journal.json'))).toBe(true)

    const { app, page } = await desktops.start(env)
    const seen = await watchTheSystem(app, { inFront: true })
    await page.getByRole('radio', { name: new RegExp(home.home.split('/').at(-2) ?? '') }).check({ force: true })
    await page.getByRole('button', { name: /up again|Take/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Elasticsearch is running, and secured' })).toBeVisible({ timeout: starting })
    // Somebody who looks at the window is not told a second time.
    expect((await seen()).notifications).toEqual([])
    await page.getByRole('button', { name: 'Show password' }).click()
    await page.getByRole('button', { name: 'I have stored the password' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Next steps' })).toBeVisible()
  })
}

test('a secret that was copied less than a minute before is not left in the clipboard at the end', async ({ desktops }) => {
  const file = join(desktops.folder, 'clipboard')
  const desktop = await desktops.start()
  await keepClipboard(desktop, file)
  expect(await askAsPage(desktop.page, 'host/copy', { text: 'a password', secret: true })).toContain('clearsAt')
  expect(await readFile(file, 'utf8')).toBe('a password')
  await desktop.quit()
  expect(await readFile(file, 'utf8')).toBe('')
})

test('what somebody copied since, and what is no secret, is left in the clipboard at the end', async ({ desktops }) => {
  const file = join(desktops.folder, 'clipboard')
  const first = await desktops.start()
  await keepClipboard(first, file)
  await askAsPage(first.page, 'host/copy', { text: 'a password', secret: true })
  await first.app.evaluate(({ clipboard }) => clipboard.writeText('a shopping list'))
  await first.quit()
  expect(await readFile(file, 'utf8')).toBe('a shopping list')

  const second = await desktops.start()
  await keepClipboard(second, file)
  await askAsPage(second.page, 'host/copy', { text: 'a command', secret: false })
  await second.quit()
  expect(await readFile(file, 'utf8')).toBe('a command')
})
