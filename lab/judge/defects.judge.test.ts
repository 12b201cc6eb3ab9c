import { expect, test } from 'vitest'
import { drawTable } from '../../conformance/catalogue/mutations/plain-report.ts'
import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import type { Organization } from '../../fixtures/organization.ts'
import { layouts } from './corpus/layouts.ts'
import { mutations, rowsOf } from './corpus/mutations.ts'
import { organizationsOf, randomFrom } from './corpus/organizations.ts'
import { wordings } from './corpus/wordings.ts'

/** The judgement of one layout in one wording, with or without a defect. */
async function judged(seed: number, size: number, layout: string, wording: string, mutation?: string) {
  const organizations = organizationsOf(seed, size)
  const style = wordings[wording]!
  const rows = rowsOf(organizations, style)
  if (mutation) mutations[mutation]!(rows, organizations, style, randomFrom(seed))
  return judgePdf(await layouts[layout]!(rows, style), { organizations })
}

test('a figure on the last lines of a page is no page number', async () => {
  expect(await judged(2002, 30, 'miniTables', 'german')).toMatchObject({ verdict: 'conforming' })
})

test('a sentence that is there twice is a repeated organization, not a second section', async () => {
  const { findings } = await judged(1003, 12, 'prose', 'both', 'repeated row')
  expect(findings.map(({ kind }) => kind)).toEqual(['duplicate-organization'])
})

test('a heading among names, with figures below it, that is no known organization is a foreign one', async () => {
  const { findings } = await judged(2002, 30, 'miniTables', 'plain', 'foreign organization')
  expect(findings.map(({ kind, name }) => [kind, name])).toEqual([
    ['foreign-organization', 'Obsidian Clockworks'],
  ])
})

test.each(['longTable', 'miniTables', 'keyValues', 'labelledRows'])(
  'where %s names both usages, the one is not taken for the other',
  async (layout) => {
    const organizations = organizationsOf(1003, 12)
    const style = wordings.both!
    const rows = rowsOf(organizations, style)
    for (const { figures } of rows) for (const each of Object.values(figures)) each.subtree = each.direct
    const { findings } = await judgePdf(await layouts[layout]!(rows, style), { organizations })
    const parents = organizations.filter(({ usage }) =>
      Object.keys(style.types).some((type) => usage.usage[type] !== usage.subtree_usage[type]),
    )
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['wrong-usage']))
    expect(new Set(findings.map(({ organization }) => organization))).toEqual(
      new Set(parents.map(({ id }) => id)),
    )
  },
)

test('a total below a column is the sum of all, and there is no other', async () => {
  const organizations = organizationsOf(1004, 12)
  const total = organizations.reduce((sum, { usage }) => sum + (usage.usage.users ?? 0), 0)
  const totals = async (said: number) =>
    (
      await judgePdf(drawTable(withUsersOnly(organizations), 'users', said), {
        organizations: withUsersOnly(organizations),
      })
    ).findings
  expect(await totals(total)).toEqual([])
  expect(await totals(total - 1)).toMatchObject([
    { kind: 'wrong-total', expected: `${total}`, found: `${total - 1}` },
  ])
})

/** The direct usage of users and nothing else, so that one column details it. */
const withUsersOnly = (organizations: Organization[]): Organization[] =>
  organizations.map((each) => {
    const users = { users: each.usage.usage.users ?? 0 }
    return { ...each, parent_org_id: null, usage: { usage: users, subtree_usage: users }, limits: {} }
  })
