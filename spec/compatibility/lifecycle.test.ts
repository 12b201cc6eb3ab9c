import { describe, expect, test } from 'vitest'
import { compareContracts } from './compare.ts'
import { applyLifecycle } from './lifecycle.ts'
import { patched } from './pairs/patch.ts'

const response = { responses: { 200: { description: 'Yes.' } } }
const contract: object = {
  openapi: '3.0.3',
  info: { title: 'A', version: '1' },
  paths: {
    '/old': { get: { ...response, deprecated: true, 'x-sunset': '2026-06-30' } },
    '/books/{id}': {
      get: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          {
            name: 'sort',
            in: 'query',
            deprecated: true,
            'x-sunset': '2026-06-30',
            schema: { type: 'string' },
          },
        ],
        responses: {
          200: {
            description: 'A book.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } },
          },
        },
      },
      put: { ...response, 'x-stability-level': 'alpha' },
    },
  },
  components: {
    schemas: {
      Book: {
        type: 'object',
        required: ['isbn'],
        properties: { isbn: { type: 'string', deprecated: true, 'x-sunset': '2026-06-30T00:00:00Z' } },
      },
    },
  },
}
const book = '/paths/~1books~1{id}'

/** What a patch means on a day: ids and verdicts. */
function judged(
  today: string,
  change: { set?: Record<string, unknown>; remove?: string[] },
  base = contract,
) {
  const head = patched(base, change)
  return applyLifecycle(compareContracts(base, head), { base, head }, today)
}
const verdicts = (...given: Parameters<typeof judged>) =>
  judged(...given).map(({ id, verdict }) => `${id} ${verdict}`)

describe('what was announced', () => {
  test.each([
    ['an operation', { remove: ['/paths/~1old'] }, 'operation-removed'],
    ['a parameter', { remove: [`${book}/get/parameters/1`] }, 'parameter-removed'],
    ['a property', { set: { '/components/schemas/Book': { type: 'object' } } }, 'required-property-removed'],
  ])('%s may be removed from its day on, and not before', (_, change, id) => {
    expect(verdicts('2026-06-30', change)).toEqual([`${id} harmless`])
    expect(verdicts('2026-06-29', change)).toEqual([`${id} breaking`])
    const [early] = judged('2026-06-29', change)
    expect(early?.message).toContain('before the announced 2026-06-30')
  })

  test('a day that is none, and one that nothing deprecated has, announce nothing', () => {
    for (const set of [{ '/paths/~1old/get/x-sunset': 'soon' }, { '/paths/~1old/get/deprecated': false }]) {
      const base = patched(contract, { set })
      expect(verdicts('2030-01-01', { remove: ['/paths/~1old'] }, base)).toEqual([
        'operation-removed breaking',
      ])
    }
  })

  test.each([
    ['2026-05-31', 'sunset-advanced breaking'],
    ['2026-07-31', 'sunset-postponed harmless'],
    [undefined, 'sunset-removed harmless'],
  ])('the day becomes %s: %s', (day, wanted) => {
    const change = day
      ? { set: { '/paths/~1old/get/x-sunset': day } }
      : { remove: ['/paths/~1old/get/x-sunset'] }
    expect(verdicts('2026-01-01', change)).toContain(wanted)
  })

  test('a parameter gets a day of its own', () => {
    const [change] = judged('2026-01-01', { set: { [`${book}/get/parameters/0/x-sunset`]: '2027-01-01' } })
    expect(change).toMatchObject({ id: 'sunset-added', message: expect.stringContaining('parameter id') })
  })
})

describe('stability', () => {
  test('an alpha operation may change, a stable one beside it may not', () => {
    const demand = [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'x', in: 'query', required: true, schema: {} },
    ]
    expect(verdicts('2026-01-01', { set: { [`${book}/put/parameters`]: demand } })).toEqual(
      expect.arrayContaining(['required-parameter-added harmless']),
    )
    expect(verdicts('2026-01-01', { remove: [`${book}/put`] })).toEqual(['operation-removed harmless'])
    expect(verdicts('2026-01-01', { remove: [`${book}/get`] })).toEqual(['operation-removed breaking'])
  })

  test('what both use is judged by the stable one', () => {
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } }
    const base = patched(contract, { set: { [`${book}/put/responses/200/content`]: content } })
    const change = { set: { '/components/schemas/Book/required': [] } }
    expect(verdicts('2026-01-01', change, base)).toEqual(['property-became-optional breaking'])
  })

  test('is raised without harm and lowered with it', () => {
    expect(verdicts('2026-01-01', { set: { [`${book}/put/x-stability-level`]: 'beta' } })).toEqual([
      'stability-raised risky',
    ])
    expect(verdicts('2026-01-01', { set: { [`${book}/get/x-stability-level`]: 'beta' } })).toEqual([
      'stability-lowered breaking',
    ])
  })
})
