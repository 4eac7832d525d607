import { expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble, fingerprint, token } from '../../test/cli/engine-double.ts'
import { homes } from '../../test/cli/home-states.ts'
import type { StopSignal } from '../io.ts'

const home = ['--home', '/es']

function doubleWith(change: Partial<EngineDouble>): EngineDouble {
  return Object.assign(new EngineDouble(), change)
}

test('a fresh home is checked, planned, set up, shown and then handed over', async () => {
  const result = await ran(['up', ...home, '--json'])
  expect(result.code).toBe(0)
  expect(result.double.calls).toEqual([
    'installation.inspect',
    'preflight.run',
    'setup.plan',
    'setup.apply',
    'setup.watch',
    'setup.credentials',
    'setup.handedOver',
  ])
  expect(jsonOf(result)).toEqual({
    url: 'https://localhost:9200',
    username: 'elastic',
    password: 'secret-password',
    caFingerprint: fingerprint,
    caCertificate: '/es/config/certs/http_ca.crt',
    kibanaToken: token,
    pid: 4242,
    node: 'alpha',
    timings: { keys: 1200, files: 1200, total: 2400 },
  })
  expect(result.double.closed).toBe(true)
})

test('every answer reaches the plan, and what was left out stays out', async () => {
  const args = ['--node-name', 'a "b" $c & ü', '--cluster-name', 'c', '--http-port', '9201', '--transport-port', '9301', '--heap', '512m']
  const { double } = await ran(['up', ...home, ...args, '--http-host', '127.0.0.1', '--san', 'es.example', '--san', '10.0.0.1', '--user', '1000', '--config', '/c'])
  expect(double.inputs['setup.plan']).toEqual({
    target: { home: '/es', config: '/c', user: '1000' },
    answers: {
      nodeName: 'a "b" $c & ü',
      clusterName: 'c',
      httpPort: 9201,
      transportPort: 9301,
      heap: '512m',
      httpHost: '127.0.0.1',
      san: ['es.example', '10.0.0.1'],
    },
  })
  const plain = await ran(['up', ...home])
  expect(plain.double.inputs['setup.plan']).toEqual({ target: { home: '/es' }, answers: {} })
})

test('the page for a person holds everything, aligned, and ready lines for the shell', async () => {
  const { out, err } = await ran(['up', ...home])
  expect(out).toContain('  Password         secret-password\n')
  expect(out).toContain('  CA fingerprint   A1:B2:C3:')
  expect(out).toContain(`\n${token}\n`)
  expect(out).toContain(`export ELASTIC_PASSWORD='secret-password'\ncurl --cacert /es/config/certs/http_ca.crt -u "elastic:$ELASTIC_PASSWORD" https://localhost:9200\n`)
  expect(err).toContain('Make keys')
  expect(err).not.toContain('secret-password')
})

test('nobody reads standard output: nothing is handed over, and it says how to go on', async () => {
  const stdout = new CapturedOutput({ broken: 'EPIPE' })
  const { code, err, double } = await ran(['up', ...home], { stdout })
  expect(code).toBe(4)
  expect(double.calls.at(-1)).toBe('setup.credentials')
  expect(err).toContain('(the program that reads it has ended): nobody has them')
  expect(err).toContain('firstnode up')
})

test.each(['setup.handedOver', 'close'])('what fails after the credentials were written (%s) is told on standard error: --json stays one value', async (what) => {
  const double = new EngineDouble()
  if (what === 'close') double.endsBadly = true
  else double.refuses.set(what, 'unexpected')
  const result = await ran(['up', ...home, '--json'], { double })
  expect(result.code).toBe(1)
  expect(jsonOf(result)).toMatchObject({ password: 'secret-password' })
  expect(result.err).toContain('(unexpected)')
})

test('with --json and nobody who reads, the error is told on standard error', async () => {
  const { code, err } = await ran(['up', ...home, '--json'], { stdout: new CapturedOutput({ broken: 'EPIPE' }) })
  expect(code).toBe(4)
  expect(err).toContain('(nobody_read)')
})

test('a cancel that comes when it is ready already hands over all the same', async () => {
  const double = new EngineDouble()
  let send: (signal: StopSignal) => void = () => undefined
  double.onReady = () => send('SIGINT')
  const { code, out } = await ran(['up', ...home], {
    double,
    signals: (given) => {
      send = given
    },
  })
  expect(code).toBe(0)
  expect(double.calls.slice(-3)).toEqual(['setup.cancel', 'setup.credentials', 'setup.handedOver'])
  expect(out).toContain('secret-password')
})

test.each<[StopSignal, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s cancels, says what was put back and ends with %i', async (signal, exit) => {
  const double = doubleWith({ ends: 'hangs' })
  const { code, err } = await ran(['up', ...home], {
    double,
    signals: (send) => {
      double.onHang = () => send(signal)
    },
  })
  expect(code).toBe(exit)
  expect(double.calls).toContain('setup.cancel')
  expect(double.calls).not.toContain('setup.credentials')
  expect(err).toContain('Cancelled. Five files were put back.')
})

test('a set-up that fails tells why, what was put back, and the line of the log', async () => {
  const result = await ran(['up', ...home, '--json'], { double: doubleWith({ ends: 'failed' }) })
  expect(result.code).toBe(1)
  expect(jsonOf(result)).toEqual({
    error: {
      code: 'unexpected',
      message: 'Firstnode met something it does not know: the door was shut Five files were put back.',
      remedy: 'This is a fault of ours: please report it, with what you did.',
    },
  })
  expect(result.err).toContain('BindException')
})

test('where security would be skipped it refuses with the reason and names --as-is', async () => {
  const { code, err, double } = await ran(['up', ...home], { double: EngineDouble.of(homes.withData) })
  expect(code).toBe(3)
  expect(err).toContain('The data directory is not empty.')
  expect(err).toContain('Take a fresh home.')
  expect(err).toContain('--as-is')
  expect(double.calls).not.toContain('setup.apply')
})

test('--as-is starts such a node, and says that its security is not configured', async () => {
  const result = await ran(['up', ...home, '--as-is', '--heap', '1g', '--json'], { double: EngineDouble.of(homes.withData) })
  expect(result.code).toBe(0)
  expect(result.double.inputs['setup.startAsIs']).toEqual({ target: { home: '/es' }, heap: '1g' })
  expect(jsonOf(result)).toMatchObject({ url: 'http://localhost:9200', username: null, password: null, caFingerprint: null, pid: 4242, node: 'alpha' })
  expect(result.err).toContain('not configured')
})

test('where security was configured by hand without TLS it refuses with the reason, and the line it names works', async () => {
  const refused = await ran(['up', ...home, '--config', '/c', '--json'], { double: EngineDouble.of(homes.byHand) })
  expect(refused.code).toBe(3)
  expect(jsonOf(refused)).toMatchObject({ error: { code: 'skipped', message: expect.stringContaining('xpack.security.enabled is set to true.') as string, remedy: expect.stringContaining('firstnode up --as-is --home /es --config /c') as string } })
  expect(refused.double.calls).not.toContain('node.start')
  const started = await ran(['up', '--as-is', ...home, '--json'], { double: EngineDouble.of(homes.byHand) })
  expect(started.code).toBe(0)
  expect(started.double.calls).toContain('setup.startAsIs')
  expect(jsonOf(started)).toMatchObject({ url: 'http://localhost:9200', password: null, pid: 4242 })
})

test('the line that a refusal names stands whole on a line of its own, however narrow the terminal', async () => {
  const { err } = await ran(['up', '--home', '/a path/of many words/es'], { double: EngineDouble.of(homes.byHand), stderr: new CapturedOutput({ terminal: true, columns: 40 }), env: { NO_COLOR: '1' } })
  expect(err).toContain("\n  firstnode up --as-is --home '/a path/of many words/es'\n")
})

test('TLS by hand of which no authority is known is refused before anything is started', async () => {
  const double = EngineDouble.of(homes.setUp)
  double.refuses.set('node.show', 'http_ca_unknown')
  const { code, err } = await ran(['up', ...home], { double })
  expect(code).toBe(3)
  expect(err).toContain('firstnode up --as-is --home /es')
  expect(double.calls).not.toContain('node.start')
})

test.each(['withDataRunning', 'byHandRunning'] as const)('--as-is takes a node that runs already as it is: %s', async (name) => {
  const result = await ran(['up', '--as-is', ...home, '--heap', '1g', '--json'], { double: EngineDouble.of(homes[name]) })
  expect(result.code).toBe(0)
  expect(result.double.calls).not.toContain('setup.startAsIs')
  expect(jsonOf(result)).toMatchObject({ pid: 4242, timings: {} })
  expect(result.err).toContain('--heap has no effect.')
})

test('--as-is says which options it does not heed, and hands on the password of the keystore', async () => {
  const args = ['--http-port', '9999', '--node-name', 'zz', '--heap', '1g', '--keystore-password-stdin']
  const { code, err, double } = await ran(['up', '--as-is', ...home, ...args], { double: EngineDouble.of(homes.withData), stdin: 'ks\n' })
  expect(code).toBe(0)
  expect(err).toContain('--node-name, --http-port have no effect.')
  expect(double.inputs['preflight.run']).toEqual({ home: '/es', keystorePassword: 'ks' })
  expect(double.inputs['setup.startAsIs']).toEqual({ target: { home: '/es' }, heap: '1g', keystorePassword: 'ks' })
})

test('what could not start at all is refused, --as-is or not', async () => {
  for (const more of [[], ['--as-is']]) {
    const result = await ran(['up', ...home, ...more, '--json'], { double: EngineDouble.of(homes.withoutJava) })
    expect(result.code).toBe(3)
    expect(jsonOf(result)).toMatchObject({ error: { code: 'blocked', remedy: 'Install one.' } })
  }
})

test('a configured node that runs ends with password null, and names the way to a new one', async () => {
  const double = EngineDouble.of(homes.setUpRunning)
  const result = await ran(['up', ...home, '--json', '--http-port', '9201'], { double })
  expect(result.code).toBe(0)
  expect(double.calls).not.toContain('node.start')
  expect(jsonOf(result)).toEqual({
    url: 'https://localhost:9200',
    username: 'elastic',
    password: null,
    caFingerprint: fingerprint,
    caCertificate: '/es/config/certs/http_ca.crt',
    kibanaToken: null,
    pid: 4242,
    node: 'alpha',
    timings: {},
    resetPassword: 'firstnode reset-password --home /es',
  })
  expect(result.err).toContain('--http-port has no effect')
})

test('a configured node that does not run is started', async () => {
  const double = EngineDouble.of(homes.setUp)
  const { code, out } = await ran(['up', ...home], { double })
  expect(code).toBe(0)
  expect(double.calls).toContain('node.start')
  expect(out).toContain('firstnode reset-password --home /es\n')
})

test('the lines of its pages name config directory and account', async () => {
  const asked = ['--config', '/etc/my other', '--user', 'es']
  const fresh = await ran(['up', ...home, ...asked])
  expect(fresh.out).toContain("\nfirstnode stop --home /es --config '/etc/my other' --user es\n")
  const existing = await ran(['up', ...home, ...asked], { double: EngineDouble.of(homes.setUpRunning) })
  expect(existing.out).toContain("\nfirstnode stop --home /es --config '/etc/my other' --user es\n")
  expect(existing.out).toContain("  firstnode reset-password --home /es --config '/etc/my other' --user es\n")
  const asIs = await ran(['up', '--as-is', ...home, ...asked], { double: EngineDouble.of(homes.byHand) })
  expect(asIs.out).toContain("\nfirstnode stop --home /es --config '/etc/my other' --user es\n")
  const practice = await ran(['up'])
  expect(practice.out).toContain('\nfirstnode stop --home /cache/practice/home\n')
})

test('a config directory that came from ES_PATH_CONF is meant until the end, and named in the lines', async () => {
  const double = EngineDouble.of(homes.fresh, { config: { config: '/etc/other', configSource: 'ES_PATH_CONF' } })
  const { out } = await ran(['up', ...home], { double, env: { ES_PATH_CONF: '/etc/other' } })
  expect(double.inputs['setup.plan']).toMatchObject({ target: { home: '/es', config: '/etc/other' } })
  expect(out).toContain('\nfirstnode stop --home /es --config /etc/other\n')
})

test('an unfinished set-up is taken up and handed over', async () => {
  const { code, double } = await ran(['up', ...home, '--http-port', '9201'], { double: doubleWith({ state: 'unfinished' }) })
  expect(code).toBe(0)
  expect(double.calls).toEqual(['installation.inspect', 'setup.resume', 'setup.watch', 'setup.credentials', 'setup.handedOver'])
  expect(double.inputs['setup.resume']).toEqual({ target: { home: '/es' }, answers: { httpPort: 9201 } })
})

test('an interrupted join is taken up as one: it says so, and tells the cluster that lists the node, without a word of a password', async () => {
  const double = doubleWith({ state: 'unfinished', stateReason: 'Joining a cluster began here and did not end.' })
  double.joined = { name: 'grown', uuid: 'u', health: 'green', nodes: [{ name: 'alpha', address: '127.0.0.1:9200', version: '9.4.3', elected: true }] }
  const { code, out, err } = await ran(['up', ...home], { double })
  expect(code).toBe(0)
  expect(err).toContain('Joining a cluster began here and did not end. Firstnode continues it.')
  expect(out).toContain('is a node of the cluster "grown"')
  expect(out).not.toContain('Password')
  expect(double.calls).toEqual(['installation.inspect', 'setup.resume', 'setup.watch', 'setup.credentials'])
})

test('without --home it takes the practice copy and says what that is', async () => {
  const { code, err, double } = await ran(['up', '--user', '1000'])
  expect(code).toBe(0)
  expect(err).toContain('practice copy, Elasticsearch 9.4.3')
  expect(err).toContain('947 MB')
  expect(double.inputs['installation.practiceCopy']).toEqual({ user: '1000' })
  expect(double.inputs['setup.plan']).toMatchObject({ target: { home: '/cache/practice/home', config: '/cache/practice/home/config', user: '1000' } })
})

test('without --home and without a practice copy it says how to go on', async () => {
  const result = await ran(['up', '--json'], { double: doubleWith({ practice: { offered: false, trouble: 'Maven is missing.' } }) })
  expect(result.code).toBe(3)
  expect(jsonOf(result)).toMatchObject({ error: { code: 'no_practice_copy', message: expect.stringContaining('Maven is missing.') } })
})

test('passwords come from standard input, the keystore first', async () => {
  const { double, out, err } = await ran(['up', ...home, '--password-stdin', '--keystore-password-stdin'], { stdin: '\ufeffks pass\r\nown pass\r\n' })
  expect(double.inputs['setup.plan']).toMatchObject({ answers: { keystorePassword: 'ks pass', elasticPassword: 'own pass' } })
  expect(out + err).not.toContain('ks pass')
})

test('a password line that is missing or empty is refused before anything is asked', async () => {
  for (const stdin of ['', '\n', 'only one\n']) {
    const { code, double, err } = await ran(['up', ...home, '--password-stdin', '--keystore-password-stdin'], { stdin })
    expect(code).toBe(2)
    expect(double.calls).toEqual([])
    expect(err).toContain('password_line_missing')
    expect(err).not.toContain('only one')
  }
})

test('equal ports are refused before the engine is opened', async () => {
  const { code, err, double } = await ran(['up', ...home, '--http-port', '9200', '--transport-port', '9200'])
  expect(code).toBe(2)
  expect(err).toContain('both 9200')
  expect(double.calls).toEqual([])
})

test('a cancel between plan and apply drops the plan', async () => {
  const double = new EngineDouble()
  let send: (signal: StopSignal) => void = () => undefined
  double.calls.push = (...names) => {
    if (names.includes('setup.plan')) send('SIGINT')
    return Array.prototype.push.apply(double.calls, names)
  }
  const { code } = await ran(['up', ...home], {
    double,
    signals: (given) => {
      send = given
    },
  })
  expect(code).toBe(130)
  expect(double.calls).not.toContain('setup.apply')
})
