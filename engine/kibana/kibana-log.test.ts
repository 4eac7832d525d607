import { expect, test } from 'vitest'
import { fatalLine, kibanaLines, logFilesOf, setupLink } from './kibana-log.ts'
import { readKibanaSettings } from './kibana-settings.ts'

const link = 'http://localhost:5601/?code=462139'

test('the link is found as Kibana prints it on a terminal, with colours in it', () => {
  const [line] = kibanaLines(`Go to \u001b[4m\u001b[96m${link}\u001b[39m\u001b[24m to get started.`, 1)
  expect(line?.text).toBe(`Go to ${link} to get started.`)
  expect(setupLink(line?.text ?? '')).toBe(link)
})

test('the link is found in a log in JSON, where one message holds several lines', () => {
  const printed = JSON.stringify({ '@timestamp': '2026-11-25T09:30:00.000Z', message: `\n\n\u001b[1mi Kibana has not been configured.\u001b[22m\n\nGo to \u001b[4m${link}\u001b[24m to get started.\n`, log: { level: 'INFO', logger: 'plugins.interactiveSetup.preboot' } })
  const lines = kibanaLines(printed, 1)
  expect(lines.map(({ text }) => setupLink(text)).filter((one) => one !== null)).toEqual([link])
})

test.each([
  ['https://kibana.example.org/base/?code=000123 to get started', 'https://kibana.example.org/base/?code=000123'],
  ['http://localhost:5601/app/home?a=1&code=123456', 'http://localhost:5601/app/home?a=1&code=123456'],
  ['see https://www.elastic.co/guide/?code=12', null],
  ['http server running at http://localhost:5601', null],
])('in %j the link is %s', (line, found) => {
  expect(setupLink(line)).toBe(found)
})

test('the level is read from both layouts, and the line that tells why it ended is the fatal one', () => {
  const printed = ['[2026-11-25T09:30:00.000+00:00][INFO ][root] Kibana is starting', '{"message":"no","log":{"level":"ERROR","logger":"http"}}', ' FATAL  Error: listen EADDRINUSE', '']
  const lines = printed.flatMap((line) => kibanaLines(line, 1))
  expect(lines.map(({ level, text }) => [level, text])).toEqual([
    ['INFO', '[2026-11-25T09:30:00.000+00:00][INFO ][root] Kibana is starting'],
    ['ERROR', '[http] no'],
    ['FATAL', ' FATAL  Error: listen EADDRINUSE'],
  ])
  expect(fatalLine(lines)?.text).toContain('EADDRINUSE')
  expect(fatalLine(lines.slice(0, 2))?.text).toBe('[http] no')
  expect(fatalLine([])).toBeNull()
})

test.each([
  [{ 'log.level': 'info', 'log.logger': 'elastic-apm-node', message: 'APM' }, 'INFO', '[elastic-apm-node] APM'],
  [{ 'log.level': 'error', message: 'no' }, 'ERROR', 'no'],
  [{ log: { level: 'WARN' }, 'log.logger': 'root', message: 'both' }, 'WARN', '[root] both'],
  [{ log: { logger: 'root' }, 'log.level': 'fatal', message: 'both' }, 'FATAL', '[root] both'],
  [{ message: 'neither' }, 'INFO', 'neither'],
])('a line in JSON is read with flat names as well as nested ones: %j', (line, level, text) => {
  expect(kibanaLines(JSON.stringify(line), 1)).toEqual([{ at: 1, level, text, explains: false }])
})

test('the package writes its log to a file that its settings name', () => {
  const settings = readKibanaSettings('logging:\n  appenders:\n    file:\n      type: file\n      fileName: /var/log/kibana/kibana.log\n', 'kibana.yml')
  expect(logFilesOf(settings)).toEqual(['/var/log/kibana/kibana.log'])
})
