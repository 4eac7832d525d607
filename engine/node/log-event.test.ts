import { expect, test } from 'vitest'
import { eventOfJson, eventOfText, lineOf } from './log-event.ts'

const json =
  '{"@timestamp":"2026-11-23T22:54:01.417Z","log.level": "INFO","message":"version[9.4.3], pid[11835]", "ecs.version": "1.2.0","log.logger":"org.elasticsearch.bootstrap.Elasticsearch","elasticsearch.node.name":"vm"}'

test('a line of the JSON log is read', () => {
  expect(eventOfJson(json)).toEqual({
    at: Date.parse('2026-11-23T22:54:01.417Z'),
    level: 'INFO',
    logger: 'Elasticsearch',
    message: 'version[9.4.3], pid[11835]',
    stack: null,
    node: 'vm',
  })
})

test('a stack trace stays with its event', () => {
  const event = eventOfJson('{"@timestamp":"2026-11-23T22:54:01.417Z","log.level":"ERROR","message":"fatal","error.stack_trace":"java.lang.Error: no\\n\\tat A.b"}')
  expect(event === null ? '' : lineOf(event).text).toBe('fatal\njava.lang.Error: no\n\tat A.b')
})

test('a line of the plain log is read, with names that hold brackets and blanks', () => {
  expect(eventOfText('[2026-11-23T22:52:49,316][WARN ][o.e.n.Node               ] [my [odd] node] starting ...')).toMatchObject({
    level: 'WARN',
    logger: 'Node',
    message: expect.stringContaining('starting ...'),
  })
  expect(eventOfText('[2026-11-23T22:53:09,763][INFO ][o.e.c.m.DataStreamGlobalRetentionSettings] [vm] Updated')).toMatchObject({
    logger: 'DataStreamGlobalRetentionSettings',
    node: 'vm',
    message: 'Updated',
  })
})

test.each(['', '\tat java.base/java.lang.Thread.run', '{"torn', '{"no":"message"}', 'plain words'])('what is no event is none: %j', (line) => {
  expect(eventOfJson(line)).toBeNull()
  expect(eventOfText(line)).toBeNull()
})
