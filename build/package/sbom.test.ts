import { expect, test } from 'vitest'
import { cycloneDx } from './sbom.ts'

const zod = { name: 'zod', version: '4.6.7', licence: 'MIT' }
const bundled = [zod, { name: '@mantine/core', version: '9.7.4', licence: 'MIT' }, zod, { name: 'electron', version: '45.4.1', licence: 'MIT' }]
const made = (more = {}) => cycloneDx({ version: '1.2.3', released: 1_767_225_600, bundled, ...more })

test('every bundled package is a component once, by the address that npm\'s packages have, and so is Electron', () => {
  const document = JSON.parse(made()) as { components: { purl: string }[]; dependencies: { ref: string; dependsOn: string[] }[] }
  const addresses = ['pkg:npm/%40mantine/core@9.7.4', 'pkg:npm/electron@45.4.1', 'pkg:npm/zod@4.6.7']
  expect(document).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string,
    metadata: { timestamp: '2026-01-01T00:00:00.000Z', component: { name: 'firstnode', version: '1.2.3' } },
  })
  expect(document.components.map(({ purl }) => purl)).toEqual(addresses)
  expect(document.dependencies).toEqual([{ ref: 'firstnode@1.2.3', dependsOn: addresses }])
})

test('the same packages make the same file, and others another number', () => {
  expect(made()).toBe(made())
  expect(made()).not.toBe(made({ bundled: [zod] }))
})
