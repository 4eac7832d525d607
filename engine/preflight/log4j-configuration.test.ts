import { expect, test } from 'vitest'
import { readProperties } from './java-properties.ts'
import { faultIn } from './log4j-configuration.ts'

const stock = `
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.filter.regex.type = RegexFilter
appender.rolling.type = RollingFile
appender.rolling.name = rolling
appender.rolling.policies.type = Policies
appender.rolling.policies.time.type = TimeBasedTriggeringPolicy
appender.rolling.strategy.type = DefaultRolloverStrategy
appender.rolling.strategy.action.type = Delete
logger.action.name = org.elasticsearch.action
logger.action.level = debug
logger.action.appenderRef.console.ref = console
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`

const fault = (text: string, wantsTypes = true) => faultIn(readProperties(Buffer.from(text, 'latin1')), wantsTypes)

// What 8.16.6 and 9.4.3 start with, if with complaints.
test.each([
  stock,
  '',
  'this is not { a configuration',
  `${stock}rootLogger.appenderRef.nope.ref = nope`,
  `${stock}appender.zz.type = Nonsense\nappender.zz.name = zz`,
  stock.replace('rootLogger.level = info', 'rootLogger.level = loud'),
  stock.replace('layout.type = PatternLayout', 'layout.type = NoSuchLayout'),
  `${stock}logger.root.level = debug`,
  `${stock}appender.word = x`,
])('a node starts with this configuration: %#', (text) => {
  expect(fault(text)).toBeNull()
})

test.each([
  [`${stock}appender.zz.name = zz`, 'appender.zz.type', null],
  [`${stock}appender.zz.type = Console`, 'appender.zz.name', null],
  [stock.replace('appender.rolling.policies.type = Policies\n', ''), 'appender.rolling.policies.type', null],
  [stock.replace('appender.rolling.strategy.action.type = Delete\n', 'appender.rolling.strategy.action.basepath = x\n'), 'appender.rolling.strategy.action.type', null],
  [stock.replace('appender.console.layout.type = PatternLayout', 'appender.console.layout.pattern = %m'), 'appender.console.layout.type', null],
  [stock.replace('filter.regex.type = RegexFilter', 'filter.regex.regex = x'), 'appender.console.filter.regex.type', null],
  [`${stock}logger.zz.level = debug`, 'logger.zz.name', null],
  [`${stock}logger.action.appenderRef.x.level = info`, 'logger.action.appenderRef.x.ref', null],
  [`${stock}rootLogger.appenderRef.x.level = info`, 'rootLogger.appenderRef.x.ref', null],
  [`${stock}filter.zz.onMatch = DENY`, 'filter.zz.type', null],
  [`${stock}logger.zz = debug, console`, 'logger.zz.name', null],
  [`${stock}logger.action.type = other`, 'logger.action.type', 'other'],
  [`${stock}logger.action.filter.x.onMatch = DENY`, 'logger.action.filter.x.type', null],
  [`${stock}rootLogger.appenderRef.console.filter.x.onMatch = DENY`, 'rootLogger.appenderRef.console.filter.x.type', null],
  [`${stock}script.x.name = x`, 'script.x.type', null],
  [`${stock}shutdownTimeout = soon`, 'shutdownTimeout', 'soon'],
  [`${stock}customLevel.NOTICE = high`, 'customLevel.NOTICE', 'high'],
  [`${stock}appenders = console, gone`, 'appender.gone.name', null],
])('a node does not start where a part lacks what Log4j must know: %#', (text, property, value) => {
  expect(fault(text)).toEqual({ property, value })
})

test('a line with a dot in its name is a part to the Log4j of 9.4.3 alone', () => {
  const text = `${stock}org.elasticsearch = debug`
  expect(fault(text)).toEqual({ property: 'org.type', value: null })
  expect(fault(text, false)).toBeNull()
})
