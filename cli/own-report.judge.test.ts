import { describe, expect, test } from 'vitest'
import { judgePdf } from '../conformance/pdf/judge/judge.ts'
import { generateOrganizations } from '../fixtures/largest.ts'
import type { Organization, ProductType } from '../fixtures/organization.ts'
import type { UsageData } from '../fixtures/workspace.ts'
import { renderReport } from '../server/report/render.ts'
import { sample } from '../vitest.sampling.ts'

/** The judgement of our own report, which is right, by the suite, which does not know how it is made. */
async function judged(organizations: Organization[], capacities: Organization['limits'] = {}) {
  const workspace: UsageData['workspace'] = {
    id: 'ws_a1b2c3d4e5f6g7h8',
    name: 'Sweep Ltd',
    billing_mode: 'pooled',
  }
  const quantities = capacities as Record<ProductType, number>
  const billingAccounts = [{ id: 'cus_a1b2c3d4e5f6g7h8', name: 'Main', quantities }]
  const pdf = await renderReport({ workspace, asOf: '2026-03-31T18:00:00Z', billingAccounts, organizations })
  const { verdict, findings } = await judgePdf(pdf, { organizations, workspace })
  return { verdict, findings: findings.map(({ message }) => message) }
}
const right = { verdict: 'conforming', findings: [] }

const organization = (at: number, name: string, users: number | null, limits: Organization['limits']) => {
  const usage = users === null ? {} : { users }
  return {
    ...{ id: `org_${String(at).padStart(16, '0')}`, name, parent_org_id: null, depth: 0 },
    ...{ usage: { usage, subtree_usage: { ...usage } }, limits },
  }
}

test.each<[string, Organization[]]>([
  ['one organization', [organization(1, 'Alpha', 3, { users: 9 })]],
  ['one organization that uses nothing', [organization(1, 'Alpha', null, { sso: 50 })]],
  [
    'one product type',
    [
      organization(1, 'Alpha', 3, { users: 9 }),
      organization(2, 'Beta', 4, { users: 50 }),
      organization(3, 'Gamma', 5, { users: 20 }),
    ],
  ],
  [
    'limits where nothing is used',
    [
      organization(1, 'Alpha', null, { users: 70, locations: 0, sso: 70 }),
      organization(2, 'Beta', null, { locations: 70 }),
    ],
  ],
  [
    'a name borne twice',
    [
      organization(1, 'Alpha', 3, { users: 9, locations: 1 }),
      organization(2, 'Team', null, { users: 50 }),
      organization(3, 'Team', null, { users: 20 }),
    ],
  ],
])('a report of %s is judged right', async (_, organizations) => {
  expect(await judged(organizations)).toEqual(right)
})

const using = (locations: number, users: number): Organization['usage'] => {
  const usage = { locations, users }
  return { usage, subtree_usage: { ...usage } }
}

test.each<[string, Organization[]]>([
  ['that has none of its own', [organization(1, 'Alpha', 727, { locations: 245, users: null })]],
  [
    'in a list of what needs attention that names everybody',
    [
      { ...organization(1, 'Alpha', null, { locations: 0, users: 0 }), usage: using(48, 1447) },
      { ...organization(2, 'Beta', null, { locations: 0, users: 9409 }), usage: using(110, 1855) },
      { ...organization(3, 'Gamma', null, { locations: 206, users: null }), usage: using(103, 357) },
    ],
  ],
])('the limit of the subscription is not taken for that of an organization %s', async (_, organizations) => {
  expect(await judged(organizations, { locations: 200, users: 200, sso: 200 })).toEqual(right)
})

test.each([
  // Their words are as wide as each other, and their numbers are set in another font.
  ['Korean', ['서울', '부산', '대구', '인천', '광주', '제주'], ['학교', '지점', '본사', '센터']],
  // Their lines are taken to run from the right.
  ['Hebrew', ['מרפאת', 'סניף', 'מפעל', 'קרן'], ['הגליל', 'השרון', 'אילת', 'רמת גן', 'ירושלים']],
])('a report of many %s names that need attention is judged right', async (_, first, second) => {
  const all = first.length * second.length
  const limits = { users: 30, locations: 30, sso: 10 }
  const organizations = generateOrganizations(40, { seed: 4 }).map((one, at) => {
    const words = `${first[at % first.length]} ${second[Math.floor(at / first.length) % second.length]}`
    const name = at < all ? words : `${words} ${Math.floor(at / all) + 1}`
    return { ...one, name, limits: one.depth <= 1 ? limits : one.limits }
  })
  expect(await judged(organizations, { users: 500, locations: 500, sso: 500 })).toEqual(right)
})

describe.each(sample(2, [1, 2, 3, 9, 22]))('a report of %i organizations', (count) => {
  const generated = (types: readonly string[]) =>
    generateOrganizations(count, { seed: count }).map((one) => {
      const only = <T>(byType: Partial<Record<string, T>>) =>
        Object.fromEntries(Object.entries(byType).filter(([type]) => types.includes(type)))
      const { usage, limits } = one
      return {
        ...one,
        usage: { usage: only(usage.usage), subtree_usage: only(usage.subtree_usage) },
        limits: only(limits),
      } as Organization
    })

  test.each([[['users']], [['locations', 'users']], [['locations', 'users', 'sso']]])(
    'and of %j is judged right, whatever bounds them',
    async (types) => {
      const organizations = generated(types)
      const flat = organizations.map((one) => ({
        ...{ ...one, parent_org_id: null, path: null, depth: 0 },
        usage: { usage: one.usage.usage, subtree_usage: one.usage.usage },
      }))
      const capacities = Object.fromEntries(types.map((type) => [type, 700]))
      // Listed first as what needs attention, with their figures.
      const exceeded = organizations.map((one) =>
        one.depth === 0 ? { ...one, limits: Object.fromEntries(types.map((type) => [type, 30])) } : one,
      )
      expect(await judged(organizations)).toEqual(right)
      expect(await judged(organizations, capacities)).toEqual(right)
      expect(await judged(flat)).toEqual(right)
      expect(await judged(exceeded)).toEqual(right)
      expect(await judged(organizations.map((one) => ({ ...one, limits: {} })))).toEqual(right)
    },
  )
})
