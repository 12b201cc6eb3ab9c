import { expect, test } from 'vitest'
import { findMisfit } from './schema.ts'

test('null fits what is nullable, and nothing else', () => {
  expect(findMisfit({ type: 'string', nullable: true }, null)).toBeUndefined()
  expect(findMisfit({ type: 'string' }, null)).toBe('/ must be string')
})

test('every misfit is named with its place', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { at: { type: 'string', format: 'date-time' }, count: { type: 'integer', minimum: 0 } },
  }
  expect(findMisfit(schema, { id: 'x', at: '2025-10-29T00:40:06.000000Z', count: 0 })).toBeUndefined()
  const misfit = findMisfit(schema, { at: 'yesterday', count: -1 })
  expect(misfit).toContain("/ must have required property 'id'")
  expect(misfit).toContain('/at must match format "date-time"')
  expect(misfit).toContain('/count must be >= 0')
})

test('a bound is exclusive as OpenAPI 3.0 writes it', () => {
  const schema = { type: 'number', minimum: 0, exclusiveMinimum: true }
  expect(findMisfit(schema, 0)).toBe('/ must be > 0')
  expect(findMisfit(schema, 0.1)).toBeUndefined()
})

test('whatever is held against a schema that contains itself fits', () => {
  const schema = { type: 'object', properties: { child: { $ref: '#/components/schemas/Node' } } }
  expect(findMisfit(schema, { child: 1 })).toBeUndefined()
})
