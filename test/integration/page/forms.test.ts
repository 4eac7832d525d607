import { expect, test } from 'vitest'
import { problem } from '../../../shared/problems/problem.ts'
import { password } from '../../page/scripted-answers.ts'
import type { Scenario } from '../../page/scripted-engine.ts'
import { page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// Every form of the page but that of Review, which has a file of its own: what is missing or refused stands at its field, which has the focus, until its value changes.
testTheBuiltPage({ scenario: 'one-new', pace: 15 })

const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const field = (name: string) => page.getByRole('textbox', { name, exact: true }).or(page.getByRole('combobox', { name, exact: true }))
const isFocused = (name: string) => field(name).evaluate((input) => input === document.activeElement && input.getAttribute('aria-invalid') === 'true')
const calls = (path: string): number => served.engine.called.filter((one) => one === path).length

async function open(scenario: Scenario): Promise<void> {
  served.engine.play(scenario)
  await page.goto(served.newAddress())
}

async function toNode(): Promise<void> {
  await open('configured')
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await page.getByRole('heading', { level: 1, name: 'Elasticsearch 9.4.3 is running' }).waitFor()
}

async function toApiKey(): Promise<void> {
  await toNode()
  await press(/^Connect a client/)
  await press(/^Create an API key/)
}

interface Form {
  readonly open: () => Promise<unknown>
  /** the press that the form ends with */
  readonly submit: string | RegExp
  /** of the question that the press asks */
  readonly answer?: string
  readonly field: string
  /** what is not accepted: an empty one without a call, any other by the engine */
  readonly tries: readonly string[]
  /** what is said of the last one */
  readonly says: RegExp
  /** what is accepted */
  readonly accepted: string
  /** the call of a press */
  readonly call: string
}

const forms: Readonly<Record<string, Form>> = {
  'the name of an API key': {
    open: toApiKey,
    submit: 'Create the key', field: 'Name',
    tries: ['', '_app'], says: /cannot be used for an API key/, accepted: 'my-app', call: 'cluster.apiKey',
  },
  'the prefix of an API key': {
    open: async () => {
      await toApiKey()
      await field('Name').fill('my-app')
      await page.getByRole('radio', { name: /^Read and write/ }).check()
    },
    submit: 'Create the key', field: 'Index prefix',
    tries: ['', '-app'], says: /cannot begin like that/, accepted: 'app-', call: 'cluster.apiKey',
  },
  'the address for clients': {
    open: async () => {
      await toNode()
      await press(/^Connect a client/)
      await press(/^Another address/)
    },
    submit: 'Use this address', field: 'Address of the node',
    tries: ['', 'http://search-01:9200'], says: /not an address that clients can use/, accepted: 'https://search-01:9200', call: 'clients.snippets',
  },
  'the address for a token': {
    open: async () => {
      await toNode()
      await press(/^New token/)
      await press(/^Advanced options/)
    },
    submit: 'Make a token for Kibana', field: 'Address of the node',
    tries: ['http://10.0.0.5:9200'], says: /is not an https address/, accepted: 'https://10.0.0.5:9200', call: 'cluster.token',
  },
  'the user of a new password': {
    open: async () => {
      await toNode()
      await press(/^New password/)
      await press(/^Advanced options/)
    },
    submit: 'Set a new password…', answer: 'Set a new password', field: 'User',
    tries: ['nobody'], says: /does not store a password for a user nobody/, accepted: 'kibana_system', call: 'cluster.newPassword',
  },
  'the password to save': {
    open: async () => {
      await toNode()
      await press(/^Save everything/)
      await page.getByRole('radio', { name: /^Text file/ }).check()
    },
    submit: 'Save the file', field: 'Password of the elastic user',
    tries: [''], says: /Enter the password of the elastic user/, accepted: password, call: 'handout.file',
  },
  'the folder of a project': {
    open: async () => {
      await toNode()
      await press(/^Save everything/)
      await field('Password of the elastic user').fill(password)
      await page.getByRole('radio', { name: /^Project .env/ }).check()
    },
    submit: 'Review the changes', field: 'Project folder',
    tries: [''], says: /Choose the folder of your project/, accepted: '~/app', call: 'handout.previewEnv',
  },
  'the addresses for transport': {
    open: async () => {
      await toNode()
      await press(/^Who can join/)
      await press(/^Allow nodes on other machines$/)
      await page.getByLabel(/^A specific address/).check()
      await field('Addresses for transport').fill('')
    },
    submit: 'Review the changes', field: 'Addresses for transport',
    tries: ['', '10.0.0.99'], says: /Choose an address of this machine/, accepted: '192.168.1.20', call: 'transport.previewOpening',
  },
  'the folder to unpack into': {
    open: async () => {
      await open('several')
      await press('Download Elasticsearch')
      await page.getByRole('button', { name: /^Download Elasticsearch 9/ }).waitFor()
      await field('Unpack into').fill('')
    },
    submit: /^Download Elasticsearch 9/, field: 'Unpack into',
    tries: [''], says: /Choose a folder/, accepted: '/home/ana', call: 'download.begin',
  },
  'the token of a cluster': {
    open: async () => {
      await open('one-new')
      await press(/^Set up/)
      await press('Add it to a cluster instead')
    },
    submit: 'Find the cluster', field: 'Enrollment token',
    tries: [''], says: /Paste an enrollment token\./, accepted: 'eyJ2ZXIiOiI4LjE0LjAi', call: 'join.plan',
  },
}

async function submit({ submit: button, answer }: Form): Promise<void> {
  await press(button)
  if (answer !== undefined) await page.getByRole('dialog').getByRole('button', { name: answer }).click()
}

test.each(Object.entries(forms))('%s: what is missing or refused stands at the field, which gets the focus, until its value changes', async (_, form) => {
  await form.open()
  const before = calls(form.call)
  for (const value of form.tries) {
    await field(form.field).fill(value)
    await submit(form)
    await expect.poll(() => isFocused(form.field)).toBe(true)
  }
  await page.getByText(form.says).first().waitFor()
  expect(calls(form.call)).toBe(before + form.tries.filter((value) => value !== '').length)
  expect(await page.getByRole('alert').count()).toBe(0)
  await field(form.field).fill(form.accepted)
  await expect.poll(() => page.getByText(form.says).count()).toBe(0)
  const refused = calls(form.call)
  await submit(form)
  await expect.poll(() => calls(form.call)).toBe(refused + 1)
})

test('a password that is too short is told while it is typed, and nothing is asked', async () => {
  await toNode()
  await press(/^New password/)
  await press(/^Advanced options/)
  await field('New password').fill('kurz')
  await page.getByText('Use at least 6 characters.').waitFor()
  await press(/^Advanced options/)
  await press('Set a new password')
  await expect.poll(() => isFocused('New password')).toBe(true)
  expect(calls('cluster.newPassword')).toBe(0)
})

test('a node that joins is not planned with a port that cannot be, and one that is taken is told at its field', async () => {
  await forms['the token of a cluster']?.open()
  await field('Enrollment token').fill('eyJ2ZXIiOiI4LjE0LjAi')
  await press(/^Advanced options/)
  await field('Transport port').fill('193010')
  await press(/^Advanced options/)
  await press('Find the cluster')
  await expect.poll(() => isFocused('Transport port')).toBe(true)
  expect(await field('Transport port').inputValue()).toBe('193010')
  expect(calls('join.plan')).toBe(0)
  await field('Transport port').fill('443')
  await press('Find the cluster')
  await page.getByText('Port 443 (transport) is already in use.').waitFor()
  await expect.poll(() => isFocused('Transport port')).toBe(true)
})

test('a cluster that was found for a token is not shown for another that was typed meanwhile', async () => {
  await forms['the token of a cluster']?.open()
  const { promise, resolve } = Promise.withResolvers<void>()
  await field('Enrollment token').fill('eyJ2ZXIiOiI4LjE0LjAi')
  served.engine.onCall = (path) => (path === 'join.plan' ? promise : undefined)
  await press('Find the cluster')
  await expect.poll(() => calls('join.plan')).toBe(1)
  await field('Enrollment token').fill('eyJvdGhlciI6MX0')
  resolve()
  await page.getByRole('button', { name: 'Find the cluster' }).and(page.locator(':enabled')).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Add this machine to a cluster')
})

test('a port that was taken since the plan of a join is told at its field, with what was typed', async () => {
  await forms['the token of a cluster']?.open()
  await field('Enrollment token').fill('eyJ2ZXIiOiI4LjE0LjAi')
  await press(/^Advanced options/)
  await field('HTTP port').fill('9201')
  await press('Find the cluster')
  await page.getByRole('heading', { level: 1, name: 'Review the changes' }).waitFor()
  served.engine.onCall = (path) => {
    if (path === 'setup.apply') throw problem('port_taken', { ports: '9201', layer: 'HTTP', setting: null })
  }
  await press(/^Write/)
  await page.getByText('Port 9201 (HTTP) is already in use.').waitFor()
  await expect.poll(() => isFocused('HTTP port')).toBe(true)
  expect(await field('HTTP port').inputValue()).toBe('9201')
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a folder that is typed is opened before it is used, and one that cannot be listed is told at its field', async () => {
  await open('nothing')
  await press('Choose a folder or an archive')
  await page.getByRole('button', { name: 'elasticsearch-9.4.3' }).click()
  await page.getByRole('button', { name: 'Use this folder' }).and(page.locator(':enabled')).waitFor()
  served.engine.onCall = (path) => {
    if (path === 'host.listFolder') throw problem('folder_unreadable', { path: '/opt/mine', why: 'it does not exist' })
  }
  await field('Path of a folder').fill('/opt/mine')
  expect(await page.getByRole('button', { name: 'Use this folder' }).count()).toBe(0)
  await press('Open this folder')
  await expect.poll(() => field('Path of a folder').getAttribute('aria-invalid')).toBe('true')
  await page.getByText('/opt/mine').first().waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(served.engine.target()).toBeNull()
  served.engine.onCall = () => undefined
  await field('Path of a folder').fill('/home/ana/elasticsearch-9.4.3')
  await press('Use this folder')
  await page.getByRole('heading', { level: 1, name: 'Review the changes' }).waitFor()
})

test('a folder to unpack into is missing or refused at its field', async () => {
  await open('nothing')
  await press('Choose a folder or an archive')
  await page.getByRole('group', { name: 'Places' }).getByRole('button', { name: 'Downloads' }).click()
  await press(/tar.gz/)
  await field('Unpack into').fill('')
  await press('Unpack here')
  await expect.poll(() => isFocused('Unpack into')).toBe(true)
  expect(calls('installation.unpack')).toBe(0)
  served.engine.onCall = (path) => {
    if (path === 'installation.unpack') throw problem('archive_target', { into: '/proc', why: 'it cannot be written' })
  }
  await field('Unpack into').fill('/proc')
  await press('Unpack here')
  await page.getByText('Nothing can be unpacked to /proc').waitFor()
  await expect.poll(() => isFocused('Unpack into')).toBe(true)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('only how the newest press was refused is told: a write that was refused is over once another folder is looked at', async () => {
  await forms['the folder of a project']?.open()
  await field('Project folder').fill('~/app')
  await press('Review the changes')
  served.engine.onCall = (path) => {
    if (path === 'handout.applyEnv') throw problem('changed_meanwhile', { path: '/home/ana/app/.env' })
    if (path === 'handout.previewEnv') throw problem('env_no_folder', { path: '/home/ana/other' })
  }
  await press('Write the file')
  await page.getByRole('alert').getByText('was changed after the plan was made').waitFor()
  await field('Project folder').fill('~/other')
  await press('Review the changes')
  await page.getByText('/home/ana/other').first().waitFor()
  expect(await page.getByText('was changed after the plan was made').count()).toBe(0)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('values of a .env that are overwritten are named, and asked about, before they are', async () => {
  await forms['the folder of a project']?.open()
  served.engine.handout.replaces = ['ELASTIC_PASSWORD']
  await field('Project folder').fill('~/app')
  await press('Review the changes')
  await press(/^Write the file.*…$/)
  const question = page.getByRole('dialog', { name: 'Overwrite these values?' })
  await question.getByText('ELASTIC_PASSWORD').waitFor()
  await expect.poll(() => question.getByRole('button', { name: 'Cancel' }).evaluate((one) => one === document.activeElement)).toBe(true)
  expect(calls('handout.applyEnv')).toBe(0)
  await question.getByRole('button', { name: /^Write the file/ }).click()
  await expect.poll(() => calls('handout.applyEnv')).toBe(1)
})
