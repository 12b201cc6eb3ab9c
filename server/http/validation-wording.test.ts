import { expect, test } from 'vitest'
import { createShapeReader } from './json-shape.ts'

const read = createShapeReader('It cannot be read', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 3 },
    seats: { type: 'integer', minimum: 0, exclusiveMaximum: 9, nullable: true },
    mode: { enum: ['single', 'pooled'] },
    mail: { type: 'string', pattern: '^[^@ ]+@$' },
    list: { type: 'array', minItems: 2, uniqueItems: true },
    limits: { type: 'object', propertyNames: { not: { enum: ['constructor'] } } },
    text: { anyOf: [{ type: 'string' }, { type: 'object', required: ['contains'] }] },
  },
  additionalProperties: false,
})

test.each([
  [{}, 'name is missing'],
  [{ name: '' }, 'name must not be empty'],
  [{ name: 'four' }, 'name must have at most 3 characters'],
  [{ name: 7 }, 'name must be text'],
  [{ name: 'x', seats: 1.5 }, 'seats must be a whole number'],
  [{ name: 'x', seats: -1 }, 'seats must be at least 0'],
  [{ name: 'x', seats: 9 }, 'seats must be less than 9'],
  [{ name: 'x', mode: 'shared' }, 'mode must be one of single, pooled'],
  [{ name: 'x', mail: 'me' }, 'mail must match ^[^@ ]+@$'],
  [{ name: 'x', list: [1] }, 'list must have at least 2 items'],
  [{ name: 'x', list: [1, 1] }, 'list must not have the same item twice'],
  [{ name: 'x', limits: { constructor: 1 } }, 'limits.constructor'],
  [{ name: 'x', text: {} }, 'text.contains is missing'],
  [{ name: 'x', 'a/b': 1 }, 'a/b is no property here'],
  ['x', 'the whole must be an object'],
])('%j is refused in words: %s', (value, reason) => {
  expect(() => read(value)).toThrow(
    new RegExp(`^It cannot be read: .*${reason.replace(/[\^$[\]+.]/g, '\\$&')}`),
  )
  expect(() => read(value)).not.toThrow(/must (NOT|have required|match a schema)|[<>]=/)
})
