import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadDocument } from './contract-document.ts'
import { valueAt } from './pointer.ts'
import { labelOf, productTypes } from './product-types.ts'

test('the contract lists the product types of the table', async () => {
  const { openapi } = await loadDocument()
  const keys = productTypes.map(({ key }) => key)
  const { enum: types } = valueAt(openapi, '/components/schemas/ProductType') as { enum: string[] }
  expect(types).toEqual(keys)
  for (const name of ['LimitSettings', 'ProductQuantities']) {
    const { properties } = valueAt(openapi, `/components/schemas/${name}`) as { properties: object }
    expect(Object.keys(properties), name).toEqual(keys)
  }
})

test('a product type that the table does not have is shown by its key', () => {
  expect(labelOf('locations')).toBe('Locations')
  expect(labelOf('api_keys')).toBe('api_keys')
})

test('no other source file lists the product types, but what languages call them', () => {
  const fixtureData = 'fixtures/largest.ts'
  const sources = globSync('{spec,fixtures,server,conformance,gate,cli}/**/*.{ts,js}', {
    exclude: (path) => /\.test\.ts$|\.d\.ts$|\/pairs\/|^conformance\/pdf\/judge\/languages$/.test(path),
  })
  // A list of them holds several, each as a string of its own or as a property.
  const listing = sources.filter((file) => {
    const source = readFileSync(file, 'utf8')
    const listed = productTypes.filter(({ key }) => new RegExp(`['"\`]${key}['"\`]|\\b${key}:`).test(source))
    return listed.length >= 3 && file !== fixtureData
  })
  expect(listing).toEqual(['spec/product-types.ts'])
})
