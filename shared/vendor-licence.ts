/** Under what the vendor gives its archives out: shown before anything is downloaded. */
export const vendorLicence = { name: 'Elastic License 2.0', address: 'https://www.elastic.co/licensing/elastic-license' } as const
