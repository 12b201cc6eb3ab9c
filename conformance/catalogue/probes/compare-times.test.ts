import { describe, expect, test } from 'vitest'
import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'
import { compareTimes } from './compare-times.ts'

const existing: RequestSpec = { as: 'outsider' }
const unknown: RequestSpec = { as: 'outsider', workspace: 'ws_none' }

/** Numbers from 0 to 1 that look random and are the same in every run (Park and Miller). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Milliseconds that a request takes; `number` counts the requests of the run. */
type Times = (request: RequestSpec, number: number, random: () => number) => number

function deploymentOf(times: Times, random = createRandom(1)): Target & { sent: number } {
  const target = {
    sent: 0,
    async request(request: RequestSpec = {}) {
      const head = Math.round(times(request, target.sent++, random))
      return {
        status: 404,
        headers: [],
        body: Buffer.alloc(0),
        informational: [],
        timing: { head, total: head },
      }
    },
  }
  return target as unknown as Target & { sent: number }
}

const exponential = (mean: number, random: () => number) => -mean * Math.log(random())
const isExisting = ({ workspace }: RequestSpec) => workspace === undefined

const fair: Record<string, Times> = {
  'are always the same': () => 3,
  'vary by much': (_, __, random) => 5 + exponential(200, random),
  'are slow, and vary': (_, __, random) => 3000 + exponential(500, random),
  'are now and then long': (_, __, random) => (random() < 0.2 ? 800 : 4),
  'grow with each request': (_, number) => 5 + 12 * number,
  'shrink with each request': (_, number) => 2000 - 12 * number,
  'are those of one slow backend of two': (_, number) => (number % 2 ? 90 : 5),
  'are those of one slow backend of three': (_, number) => (number % 3 ? 5 : 90),
  'are those of two slow backends of four': (_, number) => (number % 4 === 0 || number % 4 === 3 ? 90 : 5),
  'are a few milliseconds longer for a workspace that is there': (request, _, random) =>
    (isExisting(request) ? 9 : 3) + 2 * random(),
}

describe.each(Object.entries(fair))('times that %s', (_, times) => {
  test('tell nothing, in 500 runs', async () => {
    const runs = await Promise.all(
      Array.from({ length: 500 }, (_, seed) =>
        compareTimes(deploymentOf(times, createRandom(7919 * seed + 1)), existing, unknown),
      ),
    )
    expect(runs.filter(({ isLater }) => isLater)).toEqual([])
  })
})

test.each<[string, Times]>([
  ['by 20 ms', (request) => (isExisting(request) ? 25 : 5)],
  [
    'by 60 ms, while both vary',
    (request, _, random) => (isExisting(request) ? 60 : 0) + exponential(20, random),
  ],
  [
    'by 400 ms, over a slow network',
    (request, _, random) => 900 + (isExisting(request) ? 400 : 0) + 200 * random(),
  ],
])('a workspace that is there is answered later %s', async (_, times) => {
  expect((await compareTimes(deploymentOf(times), existing, unknown)).isLater).toBe(true)
})

test('equal times are told by a dozen requests, others by 62 at most', async () => {
  const same = deploymentOf(() => 3)
  await compareTimes(same, existing, unknown)
  expect(same.sent).toBe(12)
  const later = deploymentOf((request, number) => (isExisting(request) && number > 5 ? 50 : 3))
  expect(await compareTimes(later, existing, unknown)).toMatchObject({
    isLater: true,
    pairs: 30,
    medians: [50, 3],
  })
  expect(later.sent).toBe(62)
})

test('a deployment that takes seconds for each refusal ends it after a minute', async () => {
  const slow = deploymentOf((request) => (isExisting(request) ? 9000 : 8000))
  expect(await compareTimes(slow, existing, unknown)).toMatchObject({ isLater: false, pairs: 4 })
})
