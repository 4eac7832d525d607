import { describe, expect, test } from 'vitest'
import { dropEmpty, signingOf, signingVariables } from './signing.ts'

const apple = { CSC_LINK: 'certificate', CSC_KEY_PASSWORD: 'password' }
const key = { APPLE_API_KEY: '/key.p8', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' }

describe('who signs', () => {
  test('is nobody where the environment holds nothing, or empty variables as a workflow without secrets gives', () => {
    const unsigned = { apple: false, notarized: false, windows: null }
    expect(signingOf({})).toEqual(unsigned)
    expect(signingOf(Object.fromEntries(signingVariables.map((name) => [name, ''])))).toEqual(unsigned)
  })

  test('is a certificate of Apple\'s, by a file or by its name in the keychain', () => {
    expect(signingOf(apple)).toMatchObject({ apple: true, notarized: false })
    expect(signingOf({ CSC_NAME: 'Developer ID' })).toMatchObject({ apple: true })
  })

  test('is looked at by Apple where one of the two ways is whole', () => {
    expect(signingOf({ ...apple, ...key })).toMatchObject({ notarized: true })
    expect(signingOf({ ...apple, APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' })).toMatchObject({ notarized: true })
  })

  test('is a certificate or an account for Windows', () => {
    expect(signingOf({ WIN_CSC_LINK: 'c', WIN_CSC_KEY_PASSWORD: 'p' }).windows).toBe('certificate')
    const account = { AZURE_SIGNING_ENDPOINT: 'https://weu.example', AZURE_SIGNING_ACCOUNT: 'a', AZURE_SIGNING_PROFILE: 'p', AZURE_SIGNING_PUBLISHER: 'us' }
    const login = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 'secret' }
    expect(signingOf({ ...account, ...login }).windows).toEqual({ endpoint: 'https://weu.example', codeSigningAccountName: 'a', certificateProfileName: 'p', publisherName: 'us' })
  })
})

test('what is begun and not whole is refused by name, and no value is said', () => {
  expect(() => signingOf({ ...apple, APPLE_API_KEY: 'secret' })).toThrow('APPLE_API_KEY is set, and APPLE_API_KEY_ID, APPLE_API_ISSUER missing')
  expect(() => signingOf({ CSC_LINK: 'secret' })).toThrow('CSC_KEY_PASSWORD missing')
  expect(() => signingOf({ WIN_CSC_LINK: 'secret' })).toThrow('WIN_CSC_KEY_PASSWORD missing')
  expect(() => signingOf(key)).toThrow('only at what is signed')
  expect(() => signingOf({ CSC_LINK: 'secret' })).not.toThrow('secret')
})

test('the builder does not see empty variables, and sees all others', () => {
  const env = { CSC_LINK: '', CSC_NAME: 'us', PATH: '' }
  dropEmpty(env)
  expect(env).toEqual({ CSC_NAME: 'us', PATH: '' })
})
