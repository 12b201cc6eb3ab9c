import { expect, test } from 'vitest'
import type { Organization } from '../../../fixtures/organization.ts'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

type Figures = [used: number, limit: number | null]

const table: [name: string, locations: Figures, users: Figures, sso: Figures][] = [
  ['Granite Logistics', [168, 0], [11126, 5335], [2, null]],
  ['Warehouse', [53, null], [6884, null], [0, null]],
  ['Ember Nord', [53, null], [5149, null], [0, 14]],
  ['Orchid Health', [46, 252], [1367, 10257], [0, null]],
  ['Pioneer 24-7', [0, 383], [1999, 0], [0, 9]],
  ['Tundra Willow', [115, null], [4242, null], [2, null]],
  ['Basalt 24-7', [115, 198], [2715, null], [0, null]],
  ['Willow 24-7', [0, 395], [0, null], [2, null]],
  ['Harbor Energy & Co.', [74, null], [1636, 7079], [2, 9]],
  ['Zenith 24-7', [74, 226], [86, null], [2, 5]],
  ['Willow Depot 7', [27, null], [0, null], [2, 6]],
  ['Kestrel Logistics', [13, null], [0, null], [0, 0]],
]

const organizations = table.map(([name, locations, users, [sso, most]]): Organization => {
  const { usage, limits, ...rest } = organizationOf(name, users, locations)
  const own = { ...usage.usage, sso }
  return { ...rest, usage: { usage: own, subtree_usage: own }, limits: { ...limits, sso: most } }
})

test('a large number that may have been read as another limit of the same organization is no two defects', () => {
  const said = ([used, limit]: Figures) =>
    `उपयोगx ${used.toLocaleString('en')}, सीमाx ${limit === null ? 'असीमितx' : limit === 0 ? 'अक्षमx' : limit.toLocaleString('en')}`
  const rows = table.map(
    ([name, locations, users, sso]): Row => [
      [40, `${name} – स्थानx: ${said(locations)}; उपयोगकर्ताx: ${said(users)}; SSO: ${said(sso)}.`],
    ],
  )
  expect(judgePages([pageOf(rows)], { organizations }).verdict).not.toBe('nonconforming')
})
