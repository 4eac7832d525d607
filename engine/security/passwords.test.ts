import { compare } from 'bcryptjs'
import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { hashPassword, makeElasticPassword, makeKeystoreSeed, makeStorePassword } from './passwords.ts'

const many = <T>(make: () => T): T[] => Array.from({ length: 300 }, make)

test('passwords have the lengths and alphabets of stock, all of them used', () => {
  const elastic = many(() => makeElasticPassword().reveal())
  expect(elastic.every((one) => /^[A-Za-z0-9*\-_=+]{20}$/.test(one))).toBe(true)
  expect(new Set(elastic.join('')).size).toBe(67)
  expect(many(() => makeStorePassword().reveal()).every((one) => /^[A-Za-z0-9_-]{22}$/.test(one))).toBe(true)
  const seeds = many(() => makeKeystoreSeed().reveal())
  expect(seeds.every((one) => one.length === 20)).toBe(true)
  expect(new Set(seeds.join('')).size).toBe(76)
  expect(new Set(elastic).size).toBe(300)
})

test('the hash is bcrypt of cost 10, which Elasticsearch reads, and opens with that password only', async () => {
  const hash = await hashPassword(new Secret('pässwörd ☃'))
  expect(hash.reveal()).toMatch(/^\$2[ab]\$10\$[./A-Za-z0-9]{53}$/)
  expect(await compare('pässwörd ☃', hash.reveal())).toBe(true)
  expect(await compare('password', hash.reveal())).toBe(false)
})
