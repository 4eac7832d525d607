import { expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../../test/cli/captured-run.ts'
import { certificatesLooked, someCertificates } from '../../test/cli/certificate-answers.ts'
import { EngineDouble, previewed, token } from '../../test/cli/engine-double.ts'
import { blockedReport, homes, plainRunningStatus, readyReport, runningStatus, skippedReport, stoppedStatus } from '../../test/cli/home-states.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Input } from '../io.ts'

const home = ['--home', '/es']
const { target: _, ...looked } = certificatesLooked()

/** A terminal on which this is typed. */
function typing(line: string): Input {
  return {
    isTTY: true,
    setRawMode: () => undefined,
    on: (_, listener) => queueMicrotask(() => listener(line)),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
}

test.each([
  [readyReport, 0],
  [skippedReport, 10],
  [blockedReport, 11],
])('check prints verdict, reason and checks, and ends with the code of the verdict', async (report, exit) => {
  const result = await ran(['check', ...home, '--json'], { double: Object.assign(new EngineDouble(), { report }) })
  expect(result.code).toBe(exit)
  expect(jsonOf(result)).toEqual({ verdict: report.verdict, reason: report.reason, checks: report.checks })
})

test.each([
  [homes.setUpRunning, 0],
  [homes.withDataRunning, 10],
  [homes.byHandRunning, 10],
])('check of a home whose node runs is one line on it, and ends with 0 where it is secured', async (state, exit) => {
  const shown = await ran(['check', ...home], { double: EngineDouble.of(state) })
  expect(shown.code).toBe(exit)
  expect(shown.out).toContain(`running at ${state.status.url} (process 4242)`)
  expect(shown.out.trimEnd().split('\n')).toHaveLength(exit === 0 ? 1 : 2)
  expect(shown.out).not.toMatch(/blocked|taken|take .* out/i)
  const asJson = await ran(['check', ...home, '--json'], { double: EngineDouble.of(state) })
  expect(asJson.code).toBe(exit)
  expect(jsonOf(asJson)).toMatchObject({ verdict: 'running', running: { secured: exit === 0, url: state.status.url } })
})

test('check shows what needs a decision before what is fine, with its remedy', async () => {
  const { out } = await ran(['check', ...home], { double: Object.assign(new EngineDouble(), { report: skippedReport }) })
  expect(out.indexOf('Take a fresh home.')).toBeGreaterThan(0)
  expect(out.indexOf('Take a fresh home.')).toBeLessThan(out.indexOf('1 check passed'))
  const configured = await ran(['check', ...home], { double: EngineDouble.of(homes.setUp) })
  expect(configured.out).toContain('firstnode show --home /es\n')
  const fromNpm = await ran(['check', '--home', "/it's/es"], { env: { npm_lifecycle_event: 'firstnode' } })
  expect(fromNpm.out).toContain("npm run -s firstnode -- up --home '/it'\\''s/es'\n")
})

test('check of a node whose password nobody ever saw leads to a new one', async () => {
  const { out } = await ran(['check', ...home], { double: EngineDouble.of(homes.unseen) })
  expect(out).toContain('Its first start died half-way.')
  expect(out.indexOf('firstnode start --home /es\n')).toBeLessThan(out.indexOf('firstnode reset-password --home /es\n'))
  expect(out).toContain('nobody has one')
})

test('what a disk says cannot steer the terminal', async () => {
  const report = { ...skippedReport, reason: 'evil \u001b]0;title\u0007 \u001b[2J name' }
  const { out } = await ran(['check', ...home], { double: Object.assign(new EngineDouble(), { report }), stdout: new CapturedOutput({ terminal: true }), env: { NO_COLOR: '1' } })
  expect(out).not.toContain('\u001b')
  expect(out).not.toContain('\u0007')
})

test('plan prints files, modes, owners and the diff, drops what was made, and applies nothing', async () => {
  const { code, out, double } = await ran(['plan', ...home, '--node-name', 'alpha'])
  expect(code).toBe(0)
  expect(double.calls).toEqual(['setup.plan', 'setup.discard'])
  expect(out).toContain('/es/config/certs/http.p12\n              0660  elasticsearch  9999 bytes  secret, not shown')
  expect(out).toContain('  + xpack.security.enabled: true')
  expect(out).toContain('# passwords and TLS are on')
  expect(out).toContain('  - old: true')
  expect(out).toContain('… 7 unchanged lines')
})

test('plan --json is the preview without the number of the plan', async () => {
  const { planId: _, ...rest } = previewed
  expect(jsonOf(await ran(['plan', ...home, '--json']))).toEqual(rest)
})

test('plan refuses what up would refuse', async () => {
  const { code, err } = await ran(['plan', ...home], { double: Object.assign(new EngineDouble(), { report: skippedReport }) })
  expect(code).toBe(3)
  expect(err).toContain('The data directory is not empty.')
})

test('token prints the token alone on standard output and its life on standard error', async () => {
  const { code, out, err, double } = await ran(['token', '--scope', 'kibana', ...home, '--url', 'https://es:9200'], { env: { ELASTIC_PASSWORD: 'secret-password' } })
  expect(code).toBe(0)
  expect(out).toBe(`${token}\n`)
  expect(err).toContain('valid for 30 minutes')
  expect(double.inputs['cluster.token']).toEqual({ target: { home: '/es' }, scope: 'kibana', password: 'secret-password', url: 'https://es:9200' })
})

test('token takes the password from standard input before the environment', async () => {
  const fromStdin = await ran(['token', '--scope', 'node', ...home, '--password-stdin'], { env: { ELASTIC_PASSWORD: 'other' }, stdin: 'secret-password' })
  expect(fromStdin.double.inputs['cluster.token']).toMatchObject({ password: 'secret-password', scope: 'node' })
})

test('token without a password is made by the file realm, and so it is where the one in the environment is wrong', async () => {
  const { code, out, double } = await ran(['token', '-s', 'node', ...home])
  expect({ code, out }).toEqual({ code: 0, out: `${token}\n` })
  expect(double.inputs['cluster.token']).toEqual({ target: { home: '/es' }, scope: 'node' })
  const wrong = await ran(['token', '-s', 'node', ...home], { env: { ELASTIC_PASSWORD: 'another' } })
  expect(wrong.code).toBe(0)
  expect(wrong.err).toContain('ELASTIC_PASSWORD was not accepted')
  expect(wrong.double.inputs['cluster.token']).not.toHaveProperty('password')
  expect(await ran(['token', '-s', 'node', ...home, '--password-stdin'], { stdin: 'another\n' })).toMatchObject({ code: 6, out: '' })
})

test('token takes what the tool of Elasticsearch takes, and both passwords from standard input, the keystore first', async () => {
  const { code, double } = await ran(['token', '-snode', ...home, '-f', '-E', 'http.port=9201', '-Enode.name=a', '--keystore-password-stdin', '--password-stdin'], { stdin: 'ks\nsecret-password\n' })
  expect(code).toBe(0)
  expect(double.inputs['cluster.token']).toEqual({
    target: { home: '/es' },
    scope: 'node',
    force: true,
    settings: { 'http.port': '9201', 'node.name': 'a' },
    keystorePassword: 'ks',
    password: 'secret-password',
  })
  expect(await ran(['token', '-s', 'node', ...home, '-E', 'http.port='])).toMatchObject({ code: 2 })
})

test('token asks on a terminal for the password of a keystore that has one, and nowhere else', async () => {
  const double = new EngineDouble()
  double.keystoreLocked = 'ks'
  const { code, err } = await ran(['token', '-s', 'node', ...home], { double, stdin: typing('ks\r'), stderr: new CapturedOutput({ terminal: true }) })
  expect(code).toBe(0)
  expect(err).toContain('the password of elasticsearch.keystore')
  expect(double.inputs['cluster.token']).toMatchObject({ keystorePassword: 'ks' })
  const piped = await ran(['token', '-s', 'node', ...home], { double })
  expect(piped.code).toBe(3)
  expect(piped.err).toContain('--keystore-password-stdin')
})

test('what a token does not do is told on standard error', async () => {
  const { out, err } = await ran(['token', '-s', 'node', ...home], { double: Object.assign(new EngineDouble(), { tokenWarning: 'Only nodes on this machine.' }) })
  expect(out).toBe(`${token}\n`)
  expect(err).toContain('Only nodes on this machine.')
})

test('token refuses a password in an argument, and says where it belongs', async () => {
  const { code, err } = await ran(['token', '--scope', 'node', ...home, '--password', 'hunter2'])
  expect(code).toBe(2)
  expect(err).toContain('ELASTIC_PASSWORD')
  expect(err).not.toContain('hunter2')
})

test('token needs a scope', async () => {
  expect(await ran(['token', ...home])).toMatchObject({ code: 2 })
})

test('a password is asked for on a terminal and not shown', async () => {
  const keys: string[] = ['p', 'x', '\u007f', 'w', '\r']
  let raw = false
  const stdin: Input = {
    isTTY: true,
    setRawMode: (on) => {
      raw = on
    },
    on: (_, listener) => queueMicrotask(() => keys.forEach((key) => listener(key))),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
  const stderr = new CapturedOutput({ terminal: true })
  const double = new EngineDouble()
  double.undo = { ...double.undo, needsPassword: true }
  const { code, err } = await ran(['undo', ...home, '--yes'], { stdin, stderr, double })
  expect(code).toBe(0)
  expect(double.inputs['undo.apply']).toMatchObject({ password: 'pw' })
  expect(err).toContain('the password of the elastic user: \n')
  expect(raw).toBe(false)
})

test.each([
  [Date.UTC(2999, 0, 2), 'valid until 2999-01-02'],
  [Date.UTC(2001, 0, 2), 'expired on 2001-01-02'],
])('status tells when the certificate of the node ends', async (certificateValidUntil, words) => {
  const double = EngineDouble.of(homes.setUpRunning)
  double.status = { ...runningStatus, certificateValidUntil }
  expect((await ran(['status', ...home], { double })).out).toContain(words)
})

const dayMs = 86_400_000

test.each([
  [29.5, 12],
  [30.5, 0],
  [-3, 12],
])('status --certificate-days 30 of a certificate that ends in %d days ends with %d', async (days, code) => {
  const double = EngineDouble.of(homes.setUpRunning)
  double.certificates = certificatesLooked({ certificates: someCertificates(Date.now() + days * dayMs) })
  expect((await ran(['status', ...home, '--certificate-days', '30', '--json'], { double })).code).toBe(code)
  expect((await ran(['status', ...home, '--json'], { double })).code).toBe(0)
})

test('status --certificate-days knows of a locked keystore what is served, and takes what it cannot read for no good news', async () => {
  const double = EngineDouble.of(homes.setUpRunning)
  const unreadable = [{ code: 'keystore_locked', message: 'It is protected.', remedy: 'Give it.', detail: null }]
  const served = { serial: '4A01', fingerprint: 'ab', validUntil: Date.now() + 10 * dayMs, asOnDisk: null }
  double.certificates = certificatesLooked({ certificates: [], unreadable, served })
  expect((await ran(['status', ...home, '--certificate-days', '30'], { double })).code).toBe(12)
  const { code, err } = await ran(['status', ...home, '--certificate-days', '5'], { double })
  expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('It is protected.') as string })
  expect(await ran(['status', ...home, '--certificate-days', 'soon'], { double })).toMatchObject({ code: 2 })
  await ran(['status', ...home, '--keystore-password-stdin'], { double, stdin: 'locked up\n' })
  expect(double.inputs['certificates.look']).toMatchObject({ keystorePassword: 'locked up' })
})

test('show and status tell what to do about certificates, with the line to run', async () => {
  const double = EngineDouble.of(homes.setUp)
  const findings = [{ code: 'certificate_ends', message: 'The HTTP certificate expires soon.', remedy: 'Renew it.', command: 'renew' }]
  double.certificates = certificatesLooked({ findings, served: { serial: '4A09', fingerprint: 'ab', validUntil: 0, asOnDisk: false } })
  const shown = await ran(['show', ...home], { double })
  expect(shown.out).toMatch(/Certificates\n +HTTP +valid until 2999-01-02\n +serial 4A01\n +\/es\/config\/certs\/http.p12\n +HTTP CA +valid until 2999-06-02/)
  expect(shown.out).toContain('another certificate: expired on 1970-01-01, serial 4A09')
  for (const { out } of [shown, await ran(['status', ...home], { double })]) expect(out).toMatch(/The HTTP certificate expires soon\.\n +firstnode renew --home /)
  expect(jsonOf(await ran(['show', ...home, '--json'], { double }))).toMatchObject({ certificates: { findings, certificates: [{ layer: 'http', serial: '4A01' }, {}, {}] } })
})

test('status of a cluster without a master says so, has no tick, and ends with 6', async () => {
  const double = EngineDouble.of(homes.setUpRunning)
  double.status = { ...runningStatus, master: false, sentence: 'alpha answers. Its cluster has no master.' }
  const { code, out } = await ran(['status', ...home], { double })
  expect(code).toBe(6)
  expect(out).toMatch(/no master[\s\S]*Master +none/)
  expect(out).not.toContain('✓')
  const told = await ran(['status', ...home, '--json'], { double })
  expect(jsonOf(told)).toMatchObject({ master: false, answering: true })
  expect(told.code).toBe(6)
})

test('status answers with 0 whether or not the node runs', async () => {
  const stopped = await ran(['status', ...home, '--json'], { double: EngineDouble.of(homes.setUp) })
  expect(stopped.code).toBe(0)
  expect(jsonOf(stopped)).toEqual({ ...stoppedStatus, certificates: looked })
  const { code, out } = await ran(['status', ...home], { double: EngineDouble.of(homes.setUpRunning) })
  expect(code).toBe(0)
  expect(out).toContain('alpha runs and answers')
  expect(out).toMatch(/Process +4242, since/)
  expect(out).not.toContain('Health')
})

test('the health of the cluster is told to whoever has the password, and left out elsewhere', async () => {
  const withPassword = (password: string, ...args: string[]) => ran(['status', ...home, ...args], { double: EngineDouble.of(homes.setUpRunning), env: { ELASTIC_PASSWORD: password } })
  expect((await withPassword('secret-password')).out).toMatch(/Health +green/)
  expect(jsonOf(await withPassword('secret-password', '--json'))).toEqual({ ...runningStatus, health: 'green', certificates: looked })
  expect(jsonOf(await withPassword('another', '--json'))).toEqual({ ...runningStatus, certificates: looked })
})

test('stop of a node that does not run is no error', async () => {
  const double = EngineDouble.of(homes.setUp)
  double.refuses.set('node.stop', 'not_running')
  const result = await ran(['stop', ...home, '--json'], { double })
  expect(result.code).toBe(0)
  expect(jsonOf(result)).toEqual(stoppedStatus)
})

test('stop gives the state after it', async () => {
  const result = await ran(['stop', ...home, '--json'], { double: EngineDouble.of(homes.setUpRunning) })
  expect(jsonOf(result)).toEqual(stoppedStatus)
})

test('start starts what does not run, with the password of its keystore, and leaves alone what runs', async () => {
  const started = await ran(['start', ...home, '--keystore-password-stdin', '--json'], { stdin: 'ks\n', double: EngineDouble.of(homes.setUp) })
  expect(started.double.inputs['node.start']).toEqual({ target: { home: '/es' }, keystorePassword: 'ks' })
  expect(jsonOf(started)).toEqual(runningStatus)
  const running = await ran(['start', ...home], { double: EngineDouble.of(homes.setUpRunning) })
  expect(running.code).toBe(0)
  expect(running.double.calls).not.toContain('node.start')
})

test('start starts what was configured by hand without TLS, and says how little that proves', async () => {
  const result = await ran(['start', ...home, '--json'], { double: EngineDouble.of(homes.byHand) })
  expect(result.code).toBe(0)
  expect(jsonOf(result)).toEqual(plainRunningStatus)
  expect(result.err).toContain('Nothing is proved but that its port answers.')
})

test('start of a home that was never configured names the two ways to one that runs', async () => {
  const { code, err } = await ran(['start', ...home], { double: EngineDouble.of(homes.fresh) })
  expect(code).toBe(3)
  expect(err).toContain('firstnode up --home')
  expect(err).toContain('firstnode up --as-is --home')
})

test('lines to run name the same config directory and account, in the way this one was called', async () => {
  const asked = ['--home', '/my es', '--config', '/etc/other', '--user', 'es']
  const checked = await ran(['check', ...asked])
  expect(checked.out).toContain("\n  firstnode up --home '/my es' --config /etc/other --user es\n")
  const byHand = await ran(['check', ...home], { double: EngineDouble.of(homes.byHand) })
  expect(byHand.out).toContain('\n  firstnode start --home /es\n')
  expect(byHand.out).not.toContain('firstnode show')
  const fromNpm = await ran(['start', ...home], { double: EngineDouble.of(homes.fresh), env: { npm_lifecycle_event: 'firstnode' } })
  expect(fromNpm.err).toContain('`npm run -s firstnode -- up --home')
})

test('a config directory that came from ES_PATH_CONF is named in the line, so that it holds in another shell', async () => {
  const double = EngineDouble.of(homes.fresh, { config: { config: '/etc/other', configSource: 'ES_PATH_CONF' } })
  const { out } = await ran(['check', ...home], { double, env: { ES_PATH_CONF: '/etc/other' } })
  expect(out).toContain('firstnode up --home /es --config /etc/other\n')
})

test('show gives the passwords of the key stores only on demand', async () => {
  const without = await ran(['show', ...home], { double: EngineDouble.of(homes.setUp) })
  expect(without.out).not.toContain('store-password')
  const shown = await ran(['show', ...home, '--keystore-passwords', '--json'], { double: EngineDouble.of(homes.setUp) })
  expect(jsonOf(shown)).toMatchObject({ keystorePasswords: { http: 'http-store-password', transport: 'transport-store-password' } })
})

test.each([
  [Date.UTC(2999, 0, 2), '2999-01-02'],
  [Date.UTC(2001, 0, 2), '2001-01-02 (expired)'],
  [null, null],
])('show tells when the certificate of the node ends: %s', async (certificateValidUntil, words) => {
  const double = EngineDouble.of(homes.setUp)
  double.shown = { certificateValidUntil }
  const { out } = await ran(['show', ...home], { double })
  expect(/Certificate valid until +(.*)$/m.exec(out)?.[1] ?? null).toBe(words)
  expect(jsonOf(await ran(['show', ...home, '--json'], { double }))).toMatchObject({ certificateValidUntil })
})

test('show tells that clients need a certificate of their own, with what to do', async () => {
  const double = EngineDouble.of(homes.setUp)
  expect((await ran(['show', ...home], { double })).out).not.toContain('certificate and a private key')
  const { code, message, remedy } = problem('clients_need_certificate', {})
  double.shown = { clientCertificates: { code, message, remedy, detail: null } }
  const { out } = await ran(['show', ...home], { double })
  expect(out).toContain(message)
  expect(out).toContain(remedy)
  expect(jsonOf(await ran(['show', ...home, '--json'], { double }))).toMatchObject({ clientCertificates: { code } })
})

test('show says where a protected keystore gets its password from, and takes it from standard input', async () => {
  const double = EngineDouble.of(homes.setUp, { keystoreLocked: 'ks' })
  const without = await ran(['show', ...home, '--keystore-passwords', '--json'], { double })
  expect(jsonOf(without)).toMatchObject({ error: { code: 'keystore_locked', remedy: expect.stringContaining('--keystore-password-stdin') } })
  const given = await ran(['show', ...home, '--keystore-passwords', '--keystore-password-stdin', '--json'], { double: EngineDouble.of(homes.setUp, { keystoreLocked: 'ks' }), stdin: 'ks\n' })
  expect(jsonOf(given)).toMatchObject({ keystorePasswords: { http: 'http-store-password' } })
})

test('show asks on a terminal for the password of a keystore that has one', async () => {
  const double = EngineDouble.of(homes.setUp, { keystoreLocked: 'ks' })
  const stderr = new CapturedOutput({ terminal: true })
  const { code, out } = await ran(['show', ...home, '--keystore-passwords'], { double, stdin: typing('ks\r'), stderr })
  expect(code).toBe(0)
  expect(stderr.text).toContain('the password of elasticsearch.keystore')
  expect(out).toContain('http-store-password')
  expect(double.inputs['node.show']).toMatchObject({ keystorePassword: 'ks', keystorePasswords: true })
})

test('undo without a terminal needs --yes, and says first what will go', async () => {
  const { code, err, double } = await ran(['undo', ...home])
  expect(code).toBe(2)
  expect(err).toContain('The node will be stopped.')
  expect(double.calls).toEqual(['undo.preview'])
  const done = await ran(['undo', ...home, '--yes', '--json'])
  expect(done.code).toBe(0)
  expect(jsonOf(done)).toEqual({ undone: true, sentences: ['The node was stopped.', 'Six files were put back.'] })
})

test.each([
  ['yes\n', 0, true],
  ['YES\n', 0, true],
  ['y\n', 3, false],
  ['\n', 3, false],
])('undo asks on a terminal: %j', async (answer, exit, applied) => {
  const stdin: Input = {
    isTTY: true,
    on: (_, listener) => queueMicrotask(() => listener(answer)),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
  const { code, double } = await ran(['undo', ...home], { stdin, stderr: new CapturedOutput({ terminal: true }) })
  expect(code).toBe(exit)
  expect(double.calls.includes('undo.apply')).toBe(applied)
})

test('undo ends with the refusal of its preview, and with the password where one is needed', async () => {
  const double = new EngineDouble()
  double.undo = { ...double.undo, refusal: { code: 'undo_would_lose_data', message: 'There is an index.', remedy: 'Delete it.' } }
  const refused = await ran(['undo', ...home, '--yes', '--json'], { double })
  expect(refused.code).toBe(3)
  expect(jsonOf(refused)).toEqual({ error: { code: 'undo_would_lose_data', message: 'There is an index.', remedy: 'Delete it.' } })
  const needing = new EngineDouble()
  needing.undo = { ...needing.undo, needsPassword: true }
  expect(await ran(['undo', ...home, '--yes'], { double: needing })).toMatchObject({ code: 2 })
  await ran(['undo', ...home, '--yes'], { double: needing, env: { ELASTIC_PASSWORD: 'pw' } })
  expect(needing.inputs['undo.apply']).toEqual({ target: { home: '/es' }, password: 'pw' })
})

test('undo takes the passwords from standard input, that of the keystore first', async () => {
  const { code, double } = await ran(['undo', ...home, '--yes', '--keystore-password-stdin', '--password-stdin'], { stdin: 'ks\npw\n' })
  expect(code).toBe(0)
  expect(double.inputs['undo.apply']).toEqual({ target: { home: '/es' }, keystorePassword: 'ks', password: 'pw' })
})

test('undo asks on a terminal for the password of a keystore that a stopped node needs', async () => {
  const typed = ['yes\n', 'ks\n']
  const stdin: Input = {
    isTTY: true,
    on: (_, listener) => queueMicrotask(() => listener(typed.shift() ?? '')),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
  const double = new EngineDouble()
  double.undo = { ...double.undo, stopsNode: false, needsKeystorePassword: true }
  const { code, err } = await ran(['undo', ...home], { double, stdin, stderr: new CapturedOutput({ terminal: true }) })
  expect(code).toBe(0)
  expect(err).toContain('the password of elasticsearch.keystore')
  expect(double.inputs['undo.apply']).toMatchObject({ keystorePassword: 'ks' })
})

test('wizard becomes the browser host with what it was told, and opens no engine of its own', async () => {
  const asked: (readonly string[])[] = []
  const openWizard = async (args: readonly string[]) => {
    asked.push(args)
    return 0
  }
  for (const args of [[], ['--no-open'], ['--port', '8642', '--json']]) {
    const { code, out, err, double } = await ran(['wizard', ...args], { openWizard })
    expect({ code, out, err, calls: double.calls }).toEqual({ code: 0, out: '', err: '', calls: [] })
  }
  expect(asked).toEqual([[], ['--no-open'], ['--port', '8642', '--json']])
})

test('wizard refuses a port that is none before anything is opened', async () => {
  const { code, err } = await ran(['wizard', '--port', '99999'])
  expect(code).toBe(2)
  expect(err).toContain('from 1 to 65535')
})
