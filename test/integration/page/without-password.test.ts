import { expect, test } from 'vitest'
import { problem } from '../../../shared/problems/problem.ts'
import { newPassword, password, token } from '../../page/scripted-answers.ts'
import type { Scenario } from '../../page/scripted-engine.ts'
import { complaints, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// A node that is configured, and somebody in front of it who has no password. Only the engine behind the page is a double.
testTheBuiltPage({ scenario: 'configured', pace: 15 })

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const asked = (path: string): number => served.engine.called.filter((one) => one === path).length

async function toNode(scenario: Scenario): Promise<void> {
  served.engine.play(scenario)
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await press('Show the node')
}

test('the Check step stops at a node whose password nobody ever saw, and leads to a new one that ends the notice', async () => {
  await toNode('unseen')
  await heading('Set up, but no password was ever issued')
  await page.getByText('had no terminal').waitFor()
  await press('Go on to a new password')
  await heading('Elasticsearch 9.4.3 is running')
  await page.getByText('Nobody ever saw the password of the elastic user').waitFor()
  await press('Set a new password')
  await press('Show new password')
  await page.getByText(newPassword, { exact: true }).waitFor()
  expect(await page.getByText('Nobody ever saw the password of the elastic user').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('the page shows when the certificate of the node ends, that it has expired, and that clients need one of their own', async () => {
  const fact = (name: string) => page.locator('.fact').filter({ hasText: name })
  await toNode('configured')
  await fact('Certificate valid until').getByText('2028-05-20').waitFor()
  expect(await page.getByText('expired', { exact: true }).count()).toBe(0)
  expect(await fact('Client certificates').count()).toBe(0)
  const { code, message, remedy } = problem('clients_need_certificate', {})
  const clientCertificates = { code, message, remedy, detail: null }
  served.engine.showOtherwise({ certificateValidUntil: Date.UTC(2001, 0, 2), clientCertificates })
  await page.reload()
  await fact('Certificate valid until').getByText('2001-01-02').waitFor()
  await fact('Certificate valid until').getByText('expired', { exact: true }).waitFor()
  await fact('Client certificates').getByText(remedy).waitFor()
  expect(complaints).toEqual([])
})

test('a token is made without a password, and one for a node says who can join with it', async () => {
  await toNode('configured')
  await heading('Elasticsearch 9.4.3 is running')
  await press(/^New token/)
  expect(asked('cluster.token')).toBe(0)
  await press('Make a token for Kibana')
  await page.getByRole('button', { name: 'Show Kibana token' }).click()
  await page.getByText(token, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'For a node', exact: true }).click()
  await press('Make a token for a node')
  await page.getByText('only nodes on this machine can join').waitFor()
  expect(asked('cluster.token')).toBe(2)
  expect(complaints).toEqual([])
})

test('a token is made with the elastic user\'s password where somebody has it; a wrong one is told', async () => {
  await toNode('configured')
  await press(/^New token/)
  await press(/^Advanced options/)
  await page.getByLabel('Password of the elastic user').fill('wrong')
  await press('Make a token for Kibana')
  await page.getByText('did not accept the password of elastic').waitFor()
  await page.getByLabel('Password of the elastic user').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Show Kibana token' }).waitFor()
  expect(asked('cluster.token')).toBe(2)
})

test('where the keystore has a password, a token and the passwords of the stores ask for it', async () => {
  await toNode('configured-locked')
  await press('Show store passwords')
  const field = page.getByLabel('Password of elasticsearch.keystore')
  await field.fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText('was not accepted').waitFor()
  await field.fill('right')
  await page.keyboard.press('Enter')
  await page.getByText('vX2bq9LrT0KfQy3m').waitFor()
  await press(/^New token/)
  await press('Make a token for Kibana')
  await field.fill('right')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Show Kibana token' }).waitFor()
  expect(complaints).toEqual([])
})

test('of a cluster whose health is red a token is made only where somebody says so once more', async () => {
  await toNode('configured')
  served.engine.turnRed()
  await press(/^New token/)
  await press('Make a token for Kibana')
  await page.getByRole('alert').getByText('The health of the cluster is red: 1 shard has no place').waitFor()
  expect(await page.getByRole('button', { name: 'Show Kibana token' }).count()).toBe(0)
  await press('Make it all the same')
  await page.getByRole('button', { name: 'Show Kibana token' }).waitFor()
  expect(served.engine.tokenWishes).toEqual([{ force: false }, { force: true }])
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a token is made where the node answers at another address, which must be one of https', async () => {
  await toNode('configured')
  await press(/^New token/)
  await press(/^Advanced options/)
  await page.getByLabel('Address of the node').fill('http://10.0.0.5:9200')
  await press('Make a token for Kibana')
  await page.getByText('http://10.0.0.5:9200 is not an https address').waitFor()
  await page.getByLabel('Address of the node').fill(' https://10.0.0.5:9200 ')
  await press('Make a token for Kibana')
  await page.getByRole('button', { name: 'Show Kibana token' }).waitFor()
  expect(served.engine.tokenWishes).toEqual([{ url: 'http://10.0.0.5:9200', force: false }, { url: 'https://10.0.0.5:9200', force: false }])
  expect(complaints).toEqual([])
})
