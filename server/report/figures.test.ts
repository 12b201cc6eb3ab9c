import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Organization } from '../../fixtures/organization.ts'
import type { UsageData, WorkspaceFixture } from '../../fixtures/workspace.ts'
import { computeFigures } from './figures.ts'

type Counts = Record<string, number>

function organization(
  id: string,
  parent: string | null,
  [direct, subtree]: [Counts, Counts],
  limits: Organization['limits'] = {},
  more: Partial<Organization> = {},
): Organization {
  const usage = { usage: direct, subtree_usage: subtree }
  return { id, name: id, parent_org_id: parent, depth: parent ? 1 : 0, usage, limits, ...more }
}

function data(organizations: Organization[], more: Partial<UsageData> = {}): UsageData {
  const workspace = { id: 'ws_1', name: 'Test', billing_mode: 'pooled' as const }
  return { workspace, asOf: '2026-01-31T00:00:00Z', billingAccounts: [], organizations, ...more }
}

const figuresOf = (input: UsageData, id: string, type = 'users') =>
  computeFigures(input).rows.find((row) => row.organization.id === id)!.figures[type]!

describe('limits', () => {
  const bounded = data(
    [
      organization('root', null, [{ users: 10 }, { users: 95 }], { users: 100 }),
      organization('child', 'root', [{ users: 40 }, { users: 40 }], { users: 60 }),
      organization('heir', 'root', [{ users: 45 }, { users: 45 }]),
    ],
    { billingAccounts: [{ id: 'ba_1', name: 'Main', quantities: { users: 1000 } }] },
  )

  test('the smallest limit on the way to the root is the effective one and names its source', () => {
    expect(figuresOf(bounded, 'child')).toMatchObject({
      limit: 60,
      effective: 60,
      source: { from: 'itself' },
    })
    expect(figuresOf(bounded, 'heir')).toMatchObject({
      limit: null,
      effective: 100,
      source: { from: 'ancestor', organization: { id: 'root' } },
    })
  })

  test('free is bounded by what the tightest ancestor has left', () => {
    expect(figuresOf(bounded, 'child').free).toBe(5)
    expect(figuresOf(bounded, 'heir').free).toBe(5)
  })

  test('free is bounded by what the pool has left', () => {
    const billingAccounts = [{ id: 'ba_1', name: 'Main', quantities: { users: 97 } }]
    const tight = { ...bounded, billingAccounts }
    expect(figuresOf(tight, 'child')).toMatchObject({ effective: 60, free: 2 })
    expect(figuresOf(tight, 'root')).toMatchObject({
      effective: 97,
      source: { from: 'subscription' },
      free: 2,
    })
  })

  test('0 anywhere above disables, and use in spite of it is an alarm', () => {
    const disabled = data([
      organization('root', null, [{}, { sso: 1 }], { sso: 0 }),
      organization('child', 'root', [{ sso: 1 }, { sso: 1 }], { sso: 5 }),
    ])
    expect(figuresOf(disabled, 'child', 'sso')).toMatchObject({
      limit: 5,
      effective: 0,
      free: 0,
      utilization: null,
      alarm: 'disabled',
    })
  })

  test('without any limit there is no effective limit, source, free or utilization', () => {
    expect(figuresOf(data([organization('a', null, [{ users: 3 }, { users: 3 }])]), 'a')).toEqual({
      direct: 3,
      subtree: 3,
      limit: null,
      effective: null,
      source: null,
      free: null,
      utilization: null,
      alarm: null,
    })
  })
})

test.each([
  [899, 89, null],
  [900, 90, 'near'],
  [996, 99, 'near'],
  [1000, 100, 'near'],
  [1001, 101, 'over'],
])('%i of 1000 is %i %% and rounding claims no threshold', (used, utilization, alarm) => {
  const one = data([organization('a', null, [{ users: used }, { users: used }], { users: 1000 })])
  expect(figuresOf(one, 'a')).toMatchObject({ utilization, alarm })
})

test('with assigned billing each account is a pool of its own top-level organizations', () => {
  const { pools } = computeFigures(
    data(
      [
        organization('a', null, [{ users: 4 }, { users: 7 }], {}, { billing_account_id: 'ba_1' }),
        organization('a1', 'a', [{ users: 3 }, { users: 3 }]),
        organization('b', null, [{ users: 5 }, { users: 5 }], {}, { billing_account_id: 'ba_2' }),
        organization('c', null, [{ users: 1 }, { users: 1 }]),
      ],
      {
        workspace: { id: 'ws_1', name: 'Test', billing_mode: 'assigned' },
        billingAccounts: [
          { id: 'ba_1', name: 'One', quantities: { users: 10 } },
          { id: 'ba_2', name: 'Two', quantities: { users: 4 } },
        ],
      },
    ),
  )
  expect(
    pools.map(({ account, organizations, totals }) => [account?.name, organizations, totals.users]),
  ).toEqual([
    ['One', 2, { used: 7, capacity: 10, free: 3, utilization: 70, alarm: null }],
    ['Two', 1, { used: 5, capacity: 4, free: 0, utilization: 125, alarm: 'over' }],
    [undefined, 1, { used: 1, capacity: null, free: null, utilization: null, alarm: null }],
  ])
})

test('rows stand in tree order, siblings by name, numbers in names by value', () => {
  const names = ['Unit 10', 'Unit 9', 'Ähre', 'Zoo', 'apple'].map((name, at) =>
    organization(`org_${at}`, null, [{ users: 1 }, { users: 1 }], {}, { name }),
  )
  const { rows } = computeFigures(data([organization('kid', 'org_2', [{}, {}]), ...names]))
  expect(rows.map(({ organization: { name } }) => name)).toEqual([
    'Ähre',
    'kid',
    'apple',
    'Unit 9',
    'Unit 10',
    'Zoo',
  ])
})

test('a type that nobody uses or limits is left out, even where the subscription grants it', () => {
  const billingAccounts = [{ id: 'ba_1', name: 'Main', quantities: { locations: 5 } }]
  expect(
    computeFigures(data([organization('a', null, [{ sso: 0, users: 1 }, {}])], { billingAccounts })).types,
  ).toEqual(['users'])
})

test('a cycle is refused', () => {
  expect(() =>
    computeFigures(data([organization('a', 'b', [{}, {}]), organization('b', 'a', [{}, {}])])),
  ).toThrow(/cycle/)
})

const folder = new URL('../../fixtures/workspaces/', import.meta.url)
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as WorkspaceFixture)

test.each(fixtures)('the figures of $workspace.id are those written down for it', (fixture) => {
  const rows = new Map(computeFigures(fixture).rows.map((row) => [row.organization.id, row]))
  expect(rows.size).toBe(fixture.expect.organizations)
  for (const [id, types] of Object.entries(fixture.expect.figures)) {
    for (const [type, expected] of Object.entries(types)) {
      const { source, alarm: _, ...figures } = rows.get(id)!.figures[type]!
      const named = source?.from === 'ancestor' ? source.organization.name : (source?.from ?? null)
      expect({ ...figures, source: named }, `${id} ${type}`).toEqual(expected)
    }
  }
})
