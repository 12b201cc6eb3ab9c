import { expect, test } from 'vitest'
import { contractOf, loadDocument, type OpenApiObject } from '../../spec/contract-document.ts'
import { requestPart } from './request-part.ts'

const { openapi } = await loadDocument()

test('our contract without responses has every operation, and the components that requests refer to', () => {
  const part = requestPart(openapi)
  const text = JSON.stringify(part)
  expect(text).not.toContain('"responses"')
  expect(text.length).toBeLessThan(JSON.stringify(openapi).length / 2)
  const source = { file: 'part', sha256: '' }
  const called = ({ operations }: ReturnType<typeof contractOf>) =>
    operations.map(({ method, path, query, body }) => ({ method, path, query, body }))
  expect(called(contractOf(part, source))).toEqual(called(contractOf(openapi, source)))
  const { schemas = {} } = part.components as Record<string, object>
  expect(Object.keys(schemas)).toContain('Name')
  expect(Object.keys(schemas)).not.toContain('Problem')
})

/** A contract whose one operation has this body, with these components. */
const contract = (schema: object, components: object) =>
  ({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        post: {
          requestBody: { content: { 'application/json': { schema } } },
          responses: {
            201: { description: 'made', content: { 'application/json': { schema: { type: 'string' } } } },
          },
        },
      },
    },
    components,
  }) as unknown as OpenApiObject

test('components are followed into components, in circles and by a discriminator', () => {
  const pet = {
    oneOf: [{ $ref: '#/components/schemas/Cat' }],
    discriminator: { propertyName: 'kind', mapping: { dog: '#/components/schemas/Dog' } },
  }
  const cat = {
    properties: {
      kittens: { type: 'array', items: { $ref: '#/components/schemas/Cat' } },
      $ref: { type: 'string' },
    },
  }
  const part = requestPart(
    contract({ $ref: '#/components/schemas/Pet' }, { schemas: { Pet: pet, Cat: cat, Dog: {}, Unused: {} } }),
  )
  expect(part.components).toEqual({ securitySchemes: {}, schemas: { Pet: pet, Cat: cat, Dog: {} } })
})

test.each([
  ['a response', `#/paths/~1pets/post/responses/201/content/application~1json/schema`],
  ['an anchor', '#Cat'],
  ['nothing', '#/components/schemas/Nobody'],
])('where a request refers to %s, the document stays whole', (_what, $ref) => {
  const whole = contract({ $ref }, { schemas: { Cat: { $anchor: 'Cat' } } })
  expect(requestPart(whole)).toBe(whole)
})
