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
async function judged(
  today: string,
  change: { set?: Record<string, unknown>; remove?: string[] },
  base = contract,
) {
  const head = patched(base, change)
  return applyLifecycle(await compareContracts(base, head), { base, head }, today)
}
const verdicts = async (...given: Parameters<typeof judged>) =>
  (await judged(...given)).map(({ id, verdict }) => `${id} ${verdict}`)

describe('what was announced', () => {
  test.each([
    ['an operation', { remove: ['/paths/~1old'] }, 'operation-removed'],
    ['a parameter', { remove: [`${book}/get/parameters/1`] }, 'parameter-removed'],
    ['a property', { set: { '/components/schemas/Book': { type: 'object' } } }, 'required-property-removed'],
  ])('%s may be removed from its day on, and not before', async (_, change, id) => {
    expect(await verdicts('2026-06-30', change)).toEqual([`${id} harmless`])
    expect(await verdicts('2026-06-29', change)).toEqual([`${id} breaking`])
    const [early] = await judged('2026-06-29', change)
    expect(early?.message).toContain('before the announced 2026-06-30')
  })

  test('a day that is none, and one that nothing deprecated has, announce nothing', async () => {
    for (const set of [{ '/paths/~1old/get/x-sunset': 'soon' }, { '/paths/~1old/get/deprecated': false }]) {
      const base = patched(contract, { set })
      expect(await verdicts('2030-01-01', { remove: ['/paths/~1old'] }, base)).toEqual([
        'operation-removed breaking',
      ])
    }
  })

  test.each([
    ['2026-05-31', 'sunset-advanced breaking'],
    ['2026-07-31', 'sunset-postponed harmless'],
    [undefined, 'sunset-removed harmless'],
  ])('the day becomes %s: %s', async (day, wanted) => {
    const change = day
      ? { set: { '/paths/~1old/get/x-sunset': day } }
      : { remove: ['/paths/~1old/get/x-sunset'] }
    expect(await verdicts('2026-01-01', change)).toContain(wanted)
  })

  test('a property that refers to a schema may be announced beside the reference', async () => {
    const isbn = { $ref: '#/components/schemas/Isbn', deprecated: true, 'x-sunset': '2026-06-30' }
    const schemas = { Isbn: { type: 'string' }, Book: { type: 'object', properties: { isbn } } }
    const base = patched(contract, { set: { '/openapi': '3.1.0', '/components/schemas': schemas } })
    const change = { remove: ['/components/schemas/Book/properties/isbn'] }
    expect(await verdicts('2026-06-30', change, base)).toEqual(['property-removed harmless'])
    expect(await verdicts('2026-06-29', change, base)).toEqual(['property-removed risky'])
  })

  test.each([
    ['2026-01-31', 'sunset-advanced breaking'],
    ['2026-12-31', 'sunset-postponed harmless'],
    [undefined, 'sunset-removed harmless'],
  ])('the day of a property becomes %s: %s', async (day, wanted) => {
    const isbn = '/components/schemas/Book/properties/isbn'
    const change = day ? { set: { [`${isbn}/x-sunset`]: day } } : { remove: [`${isbn}/x-sunset`] }
    expect(await verdicts('2026-01-01', change)).toEqual([wanted])
  })

  test('a parameter gets a day of its own', async () => {
    const [change] = await judged('2026-01-01', {
      set: { [`${book}/get/parameters/0/x-sunset`]: '2027-01-01' },
    })
    expect(change).toMatchObject({ id: 'sunset-added', message: expect.stringContaining('parameter id') })
  })
})

describe('stability', () => {
  test('an alpha operation may change, a stable one beside it may not', async () => {
    const demand = [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'x', in: 'query', required: true, schema: {} },
    ]
    expect(await verdicts('2026-01-01', { set: { [`${book}/put/parameters`]: demand } })).toEqual(
      expect.arrayContaining(['required-parameter-added harmless']),
    )
    expect(await verdicts('2026-01-01', { remove: [`${book}/put`] })).toEqual(['operation-removed harmless'])
    expect(await verdicts('2026-01-01', { remove: [`${book}/get`] })).toEqual(['operation-removed breaking'])
  })

  test('what both use is judged by the stable one', async () => {
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } }
    const base = patched(contract, { set: { [`${book}/put/responses/200/content`]: content } })
    const change = { set: { '/components/schemas/Book/required': [] } }
    expect(await verdicts('2026-01-01', change, base)).toEqual(['property-became-optional breaking'])
  })

  test('is raised without harm and lowered with it', async () => {
    expect(await verdicts('2026-01-01', { set: { [`${book}/put/x-stability-level`]: 'beta' } })).toEqual([
      'stability-raised risky',
    ])
    expect(await verdicts('2026-01-01', { set: { [`${book}/get/x-stability-level`]: 'beta' } })).toEqual([
      'stability-lowered breaking',
    ])
  })
})
