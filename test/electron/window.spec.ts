import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerQuestions, type Desktop, expect, headingOf, test } from './desktop.ts'
import { picture } from './pictures.ts'

test('a second start ends at once and brings the first to the front', async ({ desktops }) => {
  const { app, process } = await desktops.start()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(true)
  const { executablePath, args, env } = desktops.command
  const second = spawn(executablePath ?? process.spawnfile, args, { env, stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => [window.isMinimized(), window.isFocused()]))).toEqual([[false, true]])
})

test('the window opens where it was, start after start, and as large as the screen where it was that', async ({ desktops }) => {
  const wanted = { x: 60, y: 40, width: 1000, height: 650 }
  const boundsOf = ({ app }: Desktop) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  const isMaximized = ({ app }: Desktop) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized())
  const first = await desktops.start()
  await first.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), wanted)
  await first.quit()
  const second = await desktops.start()
  const place = await boundsOf(second)
  expect(place).toMatchObject({ width: 1000, height: 650 })
  // A window manager may count from inside its frame.
  expect((place?.x ?? 0) - wanted.x).toBeLessThan(40)
  expect((place?.y ?? 0) - wanted.y).toBeLessThan(80)
  await second.quit()
  for (let start = 0; start < 2; start++) {
    const again = await desktops.start()
    expect(await boundsOf(again)).toEqual(place)
    await again.quit()
  }
  const last = await desktops.start()
  await last.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize())
  await expect.poll(() => isMaximized(last)).toBe(true)
  await last.quit()
  for (let start = 0; start < 2; start++) {
    const again = await desktops.start()
    await expect.poll(() => isMaximized(again)).toBe(true)
    await again.quit()
  }
  const small = await desktops.start()
  await expect.poll(() => isMaximized(small)).toBe(true)
  await small.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize())
  await expect.poll(() => boundsOf(small)).toMatchObject({ width: 1000, height: 650 })
})

test('a step that has room in the window does not scroll', async ({ desktops }) => {
  const { page } = await desktops.start()
  await expect(page.getByRole('button', { name: /Choose a folder/ })).toBeVisible()
  const room = () => page.evaluate(() => [document.documentElement.scrollHeight - innerHeight, document.documentElement.clientWidth - innerWidth])
  await expect.poll(room).toEqual([0, 0])
})

test('a page that crashes comes back where it was', async ({ desktops }) => {
  const folder = join(desktops.folder, 'no elasticsearch')
  await mkdir(folder)
  const { app, page, log } = await desktops.start()
  await app.evaluate(({ dialog }, folder) => Object.assign(dialog, { showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [folder] }) }), folder)
  await page.getByRole('button', { name: /Choose a folder/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /is no Elasticsearch/ })).toBeVisible()
  await picture({ app, page }, 'no-elasticsearch')
  const heading = await page.getByRole('heading', { level: 1 }).innerText()

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect.poll(log).toContain('The page has gone')
  await expect.poll(() => headingOf(app)).toBe(heading)
})

test('a page that hangs is loaded anew where somebody says so', async ({ desktops }) => {
  const { app, log } = await desktops.start()
  const asked = await answerQuestions(app, 1)
  await app.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('unresponsive'))
  await expect.poll(asked).toHaveLength(1)
  await expect.poll(log).toContain('The page has gone')
  await expect.poll(() => headingOf(app)).toBe('Which Elasticsearch?')
})

test('the menu shows About and diagnostics in the page, and the log in its folder', async ({ desktops }) => {
  const { app, page } = await desktops.start()
  const press = (id: string) => app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), id)
  await press('about')
  await expect(page.getByRole('dialog')).toContainText('Electron')
  await picture({ app, page }, 'about')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await press('diagnostics')
  await expect(page.getByRole('dialog')).toContainText('begins, on Electron')
  await picture({ app, page }, 'diagnostics')
  const opened = await app.evaluate(({ Menu, shell }) => {
    const opened: string[] = []
    Object.assign(shell, { openPath: (path: string) => Promise.resolve(void opened.push(path)), openExternal: (url: string) => Promise.resolve(void opened.push(url)) })
    for (const id of ['log-folder', 'documentation']) Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
    return opened
  })
  expect(opened).toEqual([await app.evaluate(({ app }) => app.getPath('logs')), 'https://www.elastic.co/docs/'])
})

test('the page and the ground of the window follow the scheme of the system, live', async ({ desktops }) => {
  const { app, page } = await desktops.start()
  const scheme = (theme: 'dark' | 'light') =>
    app.evaluate(({ BrowserWindow, nativeTheme }, theme) => {
      nativeTheme.themeSource = theme
      return BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase()
    }, theme)
  await scheme('dark')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect.poll(() => scheme('dark')).toBe('#151412')
  await scheme('light')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await expect.poll(() => scheme('light')).toBe('#f6f5f1')
})

test('a file that is chosen in the page, or dropped on it, has a path', async ({ desktops }) => {
  const file = join(desktops.folder, 'elasticsearch.tar.gz')
  await writeFile(file, 'nothing')
  const { page } = await desktops.start()
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'chosen' })
    document.body.append(input)
  })
  await page.locator('#chosen').setInputFiles(file)
  const pathOfChosen = () =>
    page.evaluate(() => {
      const { firstnode } = globalThis as unknown as { firstnode: { pathOf(file: File): string } }
      const [chosen] = (document.querySelector('#chosen') as HTMLInputElement).files ?? []
      return chosen === undefined ? '' : firstnode.pathOf(chosen)
    })
  await expect.poll(pathOfChosen).toBe(file)
})

test('a dialog that is closed changes nothing', async ({ desktops }) => {
  const { app, page } = await desktops.start()
  await app.evaluate(({ dialog }) => Object.assign(dialog, { showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }) }))
  await page.getByRole('button', { name: /Choose a folder/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Which Elasticsearch?' })).toBeVisible()
})

test('told to end by the system it ends without a question, and writes its log to the end', async ({ desktops }) => {
  const { process, log } = await desktops.start()
  const ended = once(process, 'exit')
  process.kill('SIGTERM')
  await ended
  expect(await log()).toContain('Firstnode ends.')
  expect(JSON.parse(await readFile(join(desktops.folder, 'data', 'window.json'), 'utf8'))).toMatchObject({ maximized: false })
})
