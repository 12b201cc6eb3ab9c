import { expect, test } from 'vitest'
import { examplesOf } from './examples.ts'
import { schemasOf } from './schemas.ts'

const json = (schema: object, more: object) => ({ content: { 'application/json': { schema, ...more } } })
const node = { $ref: '#/components/schemas/Node' }

const openapi = {
  openapi: '3.0.3',
  info: { title: 'x', version: '1', 'x-note': { schema: {}, example: 'not one' } },
  paths: {
    '/nodes/{id}': {
      get: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 'seven' },
        ],
        responses: {
          200: {
            headers: { Age: { schema: { type: 'integer', minimum: 0, exclusiveMinimum: true }, example: 0 } },
            description: '',
            ...json(node, {
              examples: {
                right: { value: { id: 'n1', next: { id: 'n2' } } },
                wrong: { value: { id: 'n1', next: { id: 2 } } },
                shared: { $ref: '#/components/examples/Shared' },
                elsewhere: { externalValue: 'https://example.com/x.json' },
              },
            }),
          },
        },
      },
    },
  },
  components: {
    examples: { Shared: { value: { id: 'n3', at: 'yesterday' } } },
    schemas: {
      Node: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          // A property that is called as a keyword is.
          example: { type: 'boolean', example: 'maybe' },
          next: { allOf: [node], nullable: true, type: 'object' },
        },
        example: { id: 'n0' },
      },
    },
  },
}

test('examples are found wherever OpenAPI allows them, with the schema that each illustrates', () => {
  expect(examplesOf(openapi).map(({ place }) => place)).toEqual([
    '/paths/~1nodes~1{id}/get/parameters/0/example',
    '/paths/~1nodes~1{id}/get/responses/200/headers/Age/example',
    '/paths/~1nodes~1{id}/get/responses/200/content/application~1json/examples/right/value',
    '/paths/~1nodes~1{id}/get/responses/200/content/application~1json/examples/wrong/value',
    '/components/examples/Shared/value',
    '/components/schemas/Node/example',
    '/components/schemas/Node/properties/example/example',
  ])
})

test('what does not fit is told by its place in the example, through circles of references', () => {
  const schemas = schemasOf(openapi)
  const misfits = examplesOf(openapi).map(({ schema, value }) => schemas.findMisfit(schema, value))
  expect(misfits).toEqual([
    '/ must be integer',
    '/ must be > 0',
    undefined,
    '/next/id must be string',
    '/at must match format "date-time"',
    undefined,
    '/ must be boolean',
  ])
})

test('a schema that is not there is known not to be', () => {
  expect([
    schemasOf(openapi).has('/components/schemas/Node'),
    schemasOf(openapi).has('/components/schemas/X'),
  ]).toEqual([true, false])
})

test('an example is held against what its message holds, in the format of that message', () => {
  const account = {
    type: 'object',
    required: ['id', 'password'],
    properties: {
      id: { $ref: '#/components/schemas/Id' },
      password: { type: 'string', writeOnly: true },
    },
    example: {},
  }
  const response = {
    description: '',
    headers: { 'x-age': { schema: { type: 'integer' }, example: 'old' } },
    content: {
      'application/json': { schema: account, example: { id: 'a1' } },
      'application/xml': { schema: account, example: '<account/>' },
      'text/plain': { schema: { type: 'string', maxLength: 2 }, example: 'long' },
    },
  }
  const contract = {
    paths: {
      '/accounts': {
        post: {
          requestBody: json(account, {
            examples: { right: { value: { password: 'p' } }, wrong: { value: { id: 'a1' } } },
          }),
          responses: { 200: response },
        },
      },
    },
    components: { schemas: { Id: { type: 'string', readOnly: true }, Account: account } },
  }
  const schemas = schemasOf(contract)
  const found = examplesOf(contract).map(({ place, schema, value, message }) => [
    place.split('/').slice(3).join('/'),
    schemas.findMisfit(schema, value, message),
  ])
  expect(Object.fromEntries(found)).toEqual({
    'post/requestBody/content/application~1json/examples/right/value': undefined,
    'post/requestBody/content/application~1json/examples/wrong/value':
      "/ must have required property 'password'",
    'post/requestBody/content/application~1json/schema/example': undefined,
    'post/responses/200/headers/x-age/example': '/ must be integer',
    'post/responses/200/content/application~1json/example': undefined,
    'post/responses/200/content/application~1json/schema/example': undefined,
    'post/responses/200/content/application~1xml/schema/example': undefined,
    'post/responses/200/content/text~1plain/example': '/ must NOT have more than 2 characters',
    'Account/example': undefined,
  })
})
