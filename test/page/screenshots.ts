// Every step of the page in Chromium, light and dark, wide and small, with what axe-core says of it:
//   node test/page/screenshots.ts [FOLDER]
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { chromium as chromiumPath } from '../../build/testing/tools.ts'
import { unfinishedWork } from '../../engine/plan/unfinished.ts'
import type { UnfinishedKind } from '../../shared/contract/unfinished.ts'
import { kibanaDone, kibanaView } from '../cli/kibana-answers.ts'
import { axeViolations } from './axe.ts'
import { type Scenario } from './scripted-engine.ts'
import type { KibanaScript } from './scripted-kibana.ts'
import { buildPage, type ServedPage, servePage } from './serve.ts'

interface Shot {
  readonly name: string
  readonly scenario: Scenario
  /** ms a phase of the start takes */
  readonly pace?: number
  readonly kibana?: Partial<KibanaScript>
  /** the cluster is red */
  readonly red?: boolean
  /** what an earlier Firstnode did not finish */
  readonly left?: UnfinishedKind
  /** vm.max_map_count is too low at first */
  readonly fewMaps?: boolean
  readonly go: (page: Page) => Promise<void>
}

const press = (name: string | RegExp) => async (page: Page) => page.getByRole('button', { name }).click()
const heading = async (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const toReview = async (page: Page): Promise<void> => {
  await press(/^Set up/)(page)
  await heading(page, 'Review the changes')
}
const toJoin = async (page: Page): Promise<void> => {
  await toReview(page)
  await press('Add it to a cluster instead')(page)
  await heading(page, /to a cluster/)
}
const pasteToken = async (page: Page): Promise<void> => {
  await page.getByRole('textbox', { name: 'Enrollment token' }).fill('eyJ2ZXIiOiI4LjE0LjAi')
  await page.getByText('CA fingerprint').waitFor()
}
const toStart = async (page: Page): Promise<void> => {
  await toReview(page)
  await press(/^Write/)(page)
}
const toCredentials = async (page: Page): Promise<void> => {
  await toStart(page)
  await heading(page, 'Elasticsearch is running, and secured')
}
const toNow = async (page: Page): Promise<void> => {
  await toCredentials(page)
  await press('Show password')(page)
  await press('I have stored the password')(page)
  await heading(page, 'Next steps')
  await page.getByText('elected master').waitFor()
}

const toClients = async (page: Page): Promise<void> => {
  await toNow(page)
  await page.getByRole('tab', { name: /Connect a client/ }).click()
  await page.getByRole('tab', { name: 'curl', exact: true }).waitFor()
  await page.getByRole('heading', { name: 'In your terminal' }).waitFor()
}

const toNewPassword = async (page: Page): Promise<void> => {
  await page.getByRole('radio').first().check()
  await press('Show the node')(page)
  await press(/^New password/)(page)
}

const toNodeDoor = async (page: Page): Promise<void> => {
  await toNow(page)
  await page.getByRole('tab', { name: /Add a node/ }).click()
  await press('Allow nodes on other machines')(page)
}
const toOpening = async (page: Page): Promise<void> => {
  await toNodeDoor(page)
  await press('Review the changes')(page)
  await page.getByText('transport.host: 192.168.1.20').scrollIntoViewIfNeeded()
}
const toOpened = async (page: Page): Promise<void> => {
  await toOpening(page)
  await press('Write and restart')(page)
  await page.getByRole('heading', { name: 'Nodes of other machines can join' }).waitFor()
}

const toUndo = async (page: Page): Promise<void> => {
  await page.getByRole('radio').first().check()
  await press('Show the node')(page)
  await press(/^Undo the set-up/)(page)
  await page.getByLabel('Password of the elastic user').fill('secret')
  await press(/^Delete its data.*…$/)(page)
  await page.getByRole('dialog').getByRole('button', { name: /^Delete its data/ }).click()
}

const setNewPassword = async (page: Page): Promise<void> => {
  await press('Set a new password…')(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Set a new password' }).click()
}

const toLeft = async (page: Page): Promise<void> => {
  await page.getByRole('radio').first().check()
  await page.keyboard.press('Enter')
  await heading(page, 'Unfinished work')
}

const shots: readonly Shot[] = [
  { name: '70-left-opening', scenario: 'configured', left: 'opening', go: async (page) => { await toLeft(page); await page.getByRole('button', { name: 'Restore and restart…' }).waitFor() } },
  { name: '71-left-remedy', scenario: 'one-new', left: 'remedy', go: toLeft },
  { name: '72-left-undo', scenario: 'stopped', left: 'undo', go: async (page) => { await toLeft(page); await page.getByRole('button', { name: /^Delete its data/ }).waitFor() } },
  {
    name: '73-kibana-left',
    scenario: 'one-new',
    pace: 5,
    kibana: { found: [{ ...kibanaView, undoable: true, unfinished: unfinishedWork('kibana', kibanaView.home) }] },
    go: async (page) => {
      await toNow(page)
      await page.getByRole('button', { name: 'Undo the connection…' }).scrollIntoViewIfNeeded()
    },
  },
  { name: '74-question-password', scenario: 'configured', go: async (page) => { await toNewPassword(page); await press('Set a new password…')(page); await page.getByRole('dialog').waitFor() } },
  { name: '75-question-remedy', scenario: 'skipped', go: async (page) => { await press(/^Set up/)(page); await press(/^Comment out/)(page); await heading(page, 'Remove the blocking settings'); await press(/^Comment out/)(page); await page.getByRole('dialog').waitFor() } },
  { name: '01-find', scenario: 'several', go: async (page) => page.getByRole('radio').first().waitFor() },
  { name: '02-find-nothing', scenario: 'nothing', go: async (page) => page.getByRole('radio').first().waitFor() },
  {
    name: '03-folders',
    scenario: 'several',
    go: async (page) => {
      await press('Choose a folder or an archive')(page)
      await press(/elasticsearch-9.4.3/)(page)
      await page.getByText('This folder is an Elasticsearch').waitFor()
    },
  },
  {
    name: '04-unpack',
    scenario: 'several',
    go: async (page) => {
      await press('Choose a folder or an archive')(page)
      await page.getByRole('group', { name: 'Places' }).getByRole('button', { name: 'Downloads' }).click()
      await press(/tar.gz/)(page)
      await heading(page, /Unpack/)
    },
  },
  {
    name: '05-practice',
    scenario: 'nothing',
    pace: 500,
    go: async (page) => {
      await press(/Download the practice copy/)(page)
      await page.getByText(/206 MB of/).waitFor()
    },
  },
  { name: '05-download', scenario: 'several', go: async (page) => { await press('Download Elasticsearch')(page); await page.getByRole('radio', { name: /9.4.3/ }).waitFor() } },
  {
    name: '05-download-elsewhere',
    scenario: 'several',
    go: async (page) => {
      await press('Download Elasticsearch')(page)
      await press(/^Advanced options/)(page)
      await page.getByLabel('Mirror').fill('https://mirror.example.com/elastic')
    },
  },
  { name: '05-download-refused', scenario: 'nothing', go: async (page) => { await press('Download Elasticsearch')(page); await page.getByText(/cannot be reached/).waitFor() } },
  {
    name: '05-downloading',
    scenario: 'several',
    pace: 500,
    go: async (page) => {
      await press('Download Elasticsearch')(page)
      await press('Download Elasticsearch 9.4.3')(page)
      await page.getByText(/130 MB of/).waitFor()
    },
  },
  { name: '06-check-skipped', scenario: 'skipped', go: async (page) => { await press(/^Set up/)(page); await heading(page, /without security/) } },
  {
    name: '07-check-as-is',
    scenario: 'skipped',
    go: async (page) => {
      await press(/^Set up/)(page)
      await press(/Start without configuring security/)(page)
      await page.getByRole('checkbox').check()
      await press(/checks passed/)(page)
    },
  },
  { name: '07-check-remedy', scenario: 'skipped', go: async (page) => { await press(/^Set up/)(page); await press(/^Comment out 2 settings/)(page); await heading(page, /will be undone/) } },
  {
    name: '07-check-remedy-stays',
    scenario: 'stays',
    go: async (page) => {
      await press(/^Set up/)(page)
      await press(/^Comment out 2 settings/)(page)
      await heading(page, /will be undone/)
    },
  },
  {
    name: '07-check-undone',
    scenario: 'stays',
    go: async (page) => {
      await press(/^Set up/)(page)
      await press(/^Comment out 2 settings/)(page)
      await heading(page, /will be undone/)
      await press(/^Comment out 2 settings/)(page)
      await page.getByText('What follows is left').waitFor()
    },
  },
  { name: '08-check-blocked', scenario: 'blocked', go: async (page) => { await press(/^Set up/)(page); await heading(page, /cannot be set up yet/) } },
  { name: '09-check-refused', scenario: 'refuses', go: async (page) => { await press(/^Set up/)(page); await heading(page, /7.17.29/) } },
  { name: '10-review', scenario: 'one-new', go: toReview },
  {
    name: '11-review-choose',
    scenario: 'one-new',
    go: async (page) => {
      await toReview(page)
      await press(/Advanced options/)(page)
      await page.getByLabel('HTTP port').fill('443')
      await page.getByText(/is already in use/).waitFor()
      await page.getByLabel('Transport port').fill('99999')
    },
  },
  { name: '11-join', scenario: 'one-new', go: toJoin },
  { name: '11-join-token', scenario: 'one-new', go: async (page) => { await toJoin(page); await pasteToken(page) } },
  { name: '11-join-review', scenario: 'one-new', go: async (page) => { await toJoin(page); await pasteToken(page); await press('Find the cluster')(page); await heading(page, /what will be/) } },
  {
    name: '11-joined',
    scenario: 'one-new',
    go: async (page) => {
      await toJoin(page)
      await pasteToken(page)
      await press('Find the cluster')(page)
      await press(/^Write/)(page)
      await heading(page, /lists the new node/)
    },
  },
  { name: '12-review-locked', scenario: 'locked', go: async (page) => { await press(/^Set up/)(page); await heading(page, /keystore/) } },
  { name: '13-start', scenario: 'one-new', pace: 1500, go: async (page) => { await toStart(page); await page.getByText('Under way:Load modules').waitFor().catch(() => undefined); await page.waitForFunction(() => document.querySelectorAll('[data-phase=done]').length >= 4) } },
  {
    name: '14-start-cancel',
    scenario: 'one-new',
    pace: 1500,
    go: async (page) => {
      await toStart(page)
      await page.waitForFunction(() => document.querySelectorAll('[data-phase=done]').length >= 3)
      await press('Cancel')(page)
      await press(/^Log/)(page)
    },
  },
  { name: '15-start-failed', scenario: 'fails', pace: 150, go: async (page) => { await toStart(page); await heading(page, /Something else listens/) } },
  {
    name: '16-cancelled',
    scenario: 'one-new',
    pace: 800,
    go: async (page) => {
      await toStart(page)
      await press('Cancel')(page)
      await press(/put everything back/)(page)
      await heading(page, 'Cancelled')
    },
  },
  { name: '17-credentials', scenario: 'one-new', pace: 60, go: toCredentials },
  {
    name: '18-credentials-shown',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toCredentials(page)
      await press('Show password')(page)
      await press('What is this?')(page)
      await press('Show Kibana token')(page)
      await press('Copy password')(page)
      await press('Try it')(page)
      await page.getByText('You Know').waitFor()
    },
  },
  { name: '19-credentials-leave', scenario: 'one-new', pace: 60, go: async (page) => { await toCredentials(page); await press('I have stored the password')(page); await page.getByRole('dialog').waitFor() } },
  { name: '19-save', scenario: 'one-new', pace: 60, go: async (page) => { await toCredentials(page); await press(/^Save everything/)(page); await page.getByRole('textbox', { name: 'Passphrase' }).waitFor() } },
  { name: '19-save-done', scenario: 'one-new', pace: 60, go: async (page) => { await toCredentials(page); await press(/^Save everything/)(page); await page.getByRole('radio', { name: /^Bitwarden/ }).check(); await press('Save the file')(page); await page.getByText('where your downloads go').waitFor() } },
  {
    name: '19-save-env',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toCredentials(page)
      await press(/^Save everything/)(page)
      await page.getByRole('radio', { name: /^The .env/ }).check()
      await page.getByRole('textbox', { name: 'Project folder' }).fill('/home/ana/app')
      await press('Review the changes')(page)
      await page.getByRole('button', { name: 'Write the file' }).scrollIntoViewIfNeeded()
    },
  },
  { name: '20-now', scenario: 'one-new', pace: 60, go: toNow },
  { name: '31-kibana-download', scenario: 'one-new', pace: 60, go: async (page) => { await toNow(page); await press(/^Download Kibana/)(page); await page.getByLabel('Unpack into').scrollIntoViewIfNeeded() } },
  { name: '32-kibana-review', scenario: 'one-new', pace: 60, go: async (page) => { await toNow(page); await press('Review the changes')(page); await page.getByRole('heading', { name: 'Review the changes' }).scrollIntoViewIfNeeded() } },
  {
    name: '33-kibana-starting',
    scenario: 'one-new',
    pace: 60,
    kibana: { pace: 700 },
    go: async (page) => {
      await toNow(page)
      await press('Review the changes')(page)
      await press('Write 2 files and start Kibana')(page)
      await press(/^Log/)(page)
      await page.getByText('Plugins are being set up').scrollIntoViewIfNeeded()
    },
  },
  {
    name: '34-kibana-answers',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toNow(page)
      await press('Review the changes')(page)
      await press('Write 2 files and start Kibana')(page)
      await page.getByRole('heading', { name: 'Kibana runs' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: '35-kibana-asks',
    scenario: 'one-new',
    pace: 60,
    kibana: { enrolled: new Promise(() => undefined) },
    go: async (page) => {
      await toNow(page)
      await press('Let Kibana ask for the token')(page)
      await page.getByRole('heading', { name: 'Kibana asks for the enrollment token' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: '36-kibana-connected',
    scenario: 'one-new',
    pace: 60,
    kibana: { found: [kibanaDone.kibana, { ...kibanaView, home: '/usr/share/kibana', layout: 'package', owner: 'root (0)', version: '9.4.2' }] },
    go: async (page) => {
      await toNow(page)
      await press('Undo what Firstnode wrote')(page)
      await page.getByText('will be put back as it was').scrollIntoViewIfNeeded()
    },
  },
  {
    name: '37-kibana-failed',
    scenario: 'one-new',
    pace: 60,
    kibana: { ends: 'failed' },
    go: async (page) => {
      await toNow(page)
      await press('Review the changes')(page)
      await press('Write 2 files and start Kibana')(page)
      await page.getByRole('heading', { name: 'Kibana did not start' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: '37-kibana-token-left',
    scenario: 'one-new',
    pace: 60,
    kibana: { failsToWrite: true },
    go: async (page) => {
      await toNow(page)
      await press('Review the changes')(page)
      await press('Write 2 files and start Kibana')(page)
      await page.getByRole('alert').scrollIntoViewIfNeeded()
    },
  },
  {
    name: '35-kibana-asks-reloaded',
    scenario: 'one-new',
    pace: 60,
    kibana: { enrolled: new Promise(() => undefined) },
    go: async (page) => {
      await toNow(page)
      await press('Let Kibana ask for the token')(page)
      await page.getByRole('heading', { name: 'Kibana asks for the enrollment token' }).waitFor()
      await page.reload()
      await page.getByRole('button', { name: 'Make a token for Kibana' }).scrollIntoViewIfNeeded()
    },
  },
  { name: '38-kibana-none', scenario: 'one-new', pace: 60, kibana: { found: [] }, go: async (page) => { await toNow(page); await page.getByLabel('Kibana folder').scrollIntoViewIfNeeded() } },
  { name: '21-now-node', scenario: 'one-new', pace: 60, go: async (page) => { await toNow(page); await page.getByRole('tab', { name: /Add a node/ }).click(); await press('Make a token for a node')(page); await press('Show node token')(page) } },
  { name: '22-now-client', scenario: 'one-new', pace: 60, go: toClients },
  {
    name: '22-now-client-fingerprint',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toClients(page)
      await page.getByRole('tab', { name: 'JavaScript' }).click()
      await press('By the CA fingerprint')(page)
    },
  },
  {
    name: '22-now-client-key',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toClients(page)
      await press(/^Create an API key/)(page)
      await page.getByRole('textbox', { name: 'Name' }).fill('my-app')
      await page.getByRole('radio', { name: /^Read and write/ }).check()
      await page.getByRole('textbox', { name: 'Index prefix' }).fill('my-app-')
    },
  },
  {
    name: '22-now-client-key-made',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toClients(page)
      await press(/^Create an API key/)(page)
      await page.getByRole('textbox', { name: 'Name' }).fill('my-app')
      await press('Create the key')(page)
      await page.getByRole('heading', { name: 'API key for my-app' }).scrollIntoViewIfNeeded()
    },
  },
  { name: '23-existing', scenario: 'configured', go: async (page) => { await page.getByRole('radio').first().check(); await press('Show the node')(page); await page.getByText('CA valid until').waitFor() } },
  {
    name: '24-existing-open',
    scenario: 'configured',
    go: async (page) => {
      await page.getByRole('radio').first().check()
      await press('Show the node')(page)
      await press('Show store passwords')(page)
      await press(/^New token/)(page)
      await press(/^New password/)(page)
      await press(/^Undo the set-up/)(page)
      await page.getByText('Five files are removed').waitFor()
    },
  },
  { name: '25-check-unseen', scenario: 'unseen', go: async (page) => { await page.getByRole('radio').first().check(); await press('Show the node')(page); await heading(page, /no password was ever issued/) } },
  { name: '25-existing-unseen', scenario: 'unseen', go: async (page) => { await page.getByRole('radio').first().check(); await press('Show the node')(page); await press('Go on to a new password')(page); await page.getByText('CA valid until').waitFor() } },
  { name: '25-new-token', scenario: 'configured', go: async (page) => { await page.getByRole('radio').first().check(); await press('Show the node')(page); await press(/^New token/)(page); await page.getByRole('button', { name: 'For a node', exact: true }).click(); await press('Make a token for a node')(page); await page.getByText('only nodes on this machine').scrollIntoViewIfNeeded() } },
  {
    name: '25-new-token-red',
    scenario: 'configured',
    red: true,
    go: async (page) => {
      await page.getByRole('radio').first().check()
      await press('Show the node')(page)
      await press(/^New token/)(page)
      await press(/^Advanced options/)(page)
      await page.getByLabel('Address of the node').fill('https://10.0.0.5:9200')
      await press('Make a token for Kibana')(page)
      await page.getByRole('button', { name: 'Make it all the same' }).scrollIntoViewIfNeeded()
    },
  },
  { name: '25-existing-clients', scenario: 'configured', go: async (page) => { await page.getByRole('radio').first().check(); await press('Show the node')(page); await press(/^Connect a client/)(page); await page.getByRole('tab', { name: 'curl' }).waitFor(); await page.getByRole('tab', { name: 'curl' }).scrollIntoViewIfNeeded() } },
  { name: '25-store-locked', scenario: 'configured-locked', go: async (page) => { await page.getByRole('radio').first().check(); await press('Show the node')(page); await press('Show store passwords')(page); await page.getByLabel('Password of elasticsearch.keystore').waitFor() } },
  { name: '26-new-password', scenario: 'configured', go: async (page) => { await toNewPassword(page); await press(/^Advanced options/)(page); await page.getByLabel('New password', { exact: true }).scrollIntoViewIfNeeded() } },
  { name: '27-new-password-locked', scenario: 'configured-locked', go: async (page) => { await toNewPassword(page); await setNewPassword(page); await page.getByLabel('Password of elasticsearch.keystore').waitFor() } },
  {
    name: '28-new-password-set',
    scenario: 'configured',
    go: async (page) => {
      await toNewPassword(page)
      await setNewPassword(page)
      await press('Copy new password')(page)
      await press('Show new password')(page)
      await page.getByText('Elasticsearch accepts it.').scrollIntoViewIfNeeded()
    },
  },
  { name: '29-undoing', scenario: 'configured', pace: 2000, go: async (page) => { await toUndo(page); await page.getByRole('progressbar').waitFor(); await page.getByText('Stopping the node').waitFor() } },
  { name: '30-undone', scenario: 'configured', pace: 30, go: async (page) => { await toUndo(page); await heading(page, 'The set-up is undone') } },
  {
    name: '31-unpacking',
    scenario: 'several',
    pace: 500,
    go: async (page) => {
      await press('Choose a folder or an archive')(page)
      await page.getByRole('group', { name: 'Places' }).getByRole('button', { name: 'Downloads' }).click()
      await press(/tar.gz/)(page)
      await press('Unpack here')(page)
      await page.getByText(/590 of/).waitFor()
      await page.reload()
      await page.getByText(/of 1180 files/).waitFor()
    },
  },
  { name: '42-open-choice', scenario: 'one-new', pace: 60, go: toNodeDoor },
  { name: '43-open-preview', scenario: 'one-new', pace: 60, go: toOpening },
  {
    name: '44-open-foreseen',
    scenario: 'one-new',
    pace: 60,
    fewMaps: true,
    go: async (page) => {
      await toNodeDoor(page)
      await press('Review the changes')(page)
      await page.getByText('must be 262144 at least').scrollIntoViewIfNeeded()
    },
  },
  {
    name: '45-open-refused',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toNodeDoor(page)
      await page.getByLabel(/^Something else/).check()
      await page.getByLabel('What transport is bound to').fill('10.0.0.99')
      await press('Review the changes')(page)
      await page.getByText('no such address').scrollIntoViewIfNeeded()
    },
  },
  { name: '46-reopening', scenario: 'one-new', pace: 500, go: async (page) => { await toOpening(page); await press('Write and restart')(page); await page.getByText('Starting the node').waitFor() } },
  { name: '47-opened', scenario: 'one-new', pace: 60, go: toOpened },
  {
    name: '48-closing',
    scenario: 'one-new',
    pace: 60,
    go: async (page) => {
      await toOpened(page)
      await press('Look at it again')(page)
      await press('Put it back as it was')(page)
      await page.getByRole('button', { name: 'Restore and restart…' }).waitFor()
    },
  },
  { name: '25-unfinished', scenario: 'unfinished', go: async (page) => page.getByRole('button', { name: /Take the set-up up again/ }).waitFor() },
]

const looks = [
  { name: 'wide-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'wide-dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'small-light', width: 800, height: 600, colorScheme: 'light' },
  { name: 'small-dark', width: 800, height: 600, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 760, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 760, colorScheme: 'dark' },
] as const


async function main(folder: string, onlyShots: RegExp, onlyLooks: RegExp): Promise<number> {
  await mkdir(folder, { recursive: true })
  const page = await buildPage()
  const served = await servePage({ scenario: 'one-new', page })
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  const complaints: string[] = []
  for (const look of looks.filter(({ name }) => onlyLooks.test(name))) {
    const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, colorScheme: look.colorScheme, permissions: ['clipboard-read', 'clipboard-write'] })
    for (const shot of shots.filter(({ name }) => onlyShots.test(name))) {
      complaints.push(...(await take(context, served, shot, join(folder, `${shot.name}-${look.name}`))).map((one) => `${shot.name} ${look.name}: ${one}`))
    }
    await context.close()
  }
  await browser.close()
  await served.close()
  for (const complaint of complaints) process.stdout.write(`${complaint}\n`)
  process.stdout.write(`${folder}: ${complaints.length} complaints\n`)
  return complaints.length === 0 ? 0 : 1
}

/** Plays one shot, takes it (as it stands in the window, and whole), and gives what is wrong with it. */
async function take(context: BrowserContext, served: ServedPage, shot: Shot, file: string): Promise<string[]> {
  served.engine.play(shot.scenario)
  served.engine.pace = shot.pace ?? 300
  Object.assign(served.engine.kibana, shot.kibana)
  if (shot.fewMaps === true) served.engine.fewMapsOnce()
  if (shot.red === true) served.engine.turnRed()
  if (shot.left !== undefined) served.engine.leave(shot.left)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.setDefaultTimeout(8000)
  try {
    await page.goto(served.newAddress())
    await shot.go(page)
    await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished)))
    await page.screenshot({ path: `${file}.png` })
    const tall = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight + 40)
    if (tall) await page.screenshot({ path: `${file}-whole.png`, fullPage: true })
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (sideways > 0) complaints.push(`scrolls sideways by ${sideways} px`)
    complaints.push(...(await axeViolations(page)).map((one) => `axe ${one}`))
  } catch (thrown) {
    complaints.push(String(thrown).split('\n').slice(0, 4).join(' '))
    await page.screenshot({ path: `${file}-broken.png` }).catch(() => undefined)
  }
  await page.close({ runBeforeUnload: false })
  return complaints
}

process.exitCode = await main(process.argv[2] ?? join(tmpdir(), 'firstnode-screenshots'), new RegExp(process.argv[3] ?? '.'), new RegExp(process.argv[4] ?? '.'))
