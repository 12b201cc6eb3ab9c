import { expect, test } from 'vitest'
import { stablePlace } from './stable-place.ts'

const document = {
  servers: [{ url: 'https://a.example/v1' }],
  paths: {
    '/a': {
      get: {
        parameters: [{ $ref: '#/components/parameters/Page' }, { name: 'sort', in: 'query', schema: {} }],
        security: [{ b: [], a: [] }, {}],
        responses: { 200: { description: '' } },
        tags: ['x', 'y'],
      },
    },
  },
  components: {
    parameters: { Page: { name: 'page', in: 'query' } },
    schemas: {
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { title: 'A dog', type: 'object' }, { type: 'string' }],
        allOf: [{ properties: { a: {} } }, { properties: { b: {} } }],
        prefixItems: [{ type: 'string' }, { type: 'string' }],
        properties: { 0: {} },
      },
      Cat: {},
    },
  },
}
const pet = '/components/schemas/Pet'

test.each([
  ['', '/'],
  ['/servers/0', '/servers/https:~1~1a.example~1v1'],
  ['/paths/~1a/get/parameters/0', '/paths/~1a/get/parameters/query.page'],
  ['/paths/~1a/get/parameters/1/schema', '/paths/~1a/get/parameters/query.sort/schema'],
  ['/paths/~1a/get/security/0', '/paths/~1a/get/security/a+b'],
  ['/paths/~1a/get/security/1', '/paths/~1a/get/security/none'],
  ['/paths/~1a/get/responses/200', '/paths/~1a/get/responses/200'],
  ['/paths/~1a/get/tags/1', '/paths/~1a/get/tags/y'],
  [`${pet}/oneOf/0`, `${pet}/oneOf/Cat`],
  [`${pet}/oneOf/1`, `${pet}/oneOf/A dog`],
  [`${pet}/oneOf/2/type`, `${pet}/oneOf/string/type`],
  [`${pet}/allOf/1/properties/b`, `${pet}/allOf/properties/b`],
  [`${pet}/prefixItems/1`, `${pet}/prefixItems/1`],
  [`${pet}/properties/0`, `${pet}/properties/0`],
  ['/nowhere/3', '/nowhere/3'],
])('%s is %s', (pointer, place) => {
  expect(stablePlace(document, pointer)).toBe(place)
})
