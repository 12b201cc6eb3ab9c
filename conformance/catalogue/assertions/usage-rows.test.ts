import { describe, expect, test } from 'vitest'
import type { Organization } from '../../../fixtures/organization.ts'
import { findUsageIn, learnUsageRows } from './usage-rows.ts'

const organizations = [
  ['Northwind', 41, 1226, 1350],
  ['Northwind Retail', 118, 181, 900],
  ['Harbour', 63, 63, 80],
  ['Field Service', 305, 453, null],
].map(([name, direct, subtree, limit], index) => ({
  id: `org_${index}`,
  name,
  limits: { users: limit },
  usage: { usage: { users: direct }, subtree_usage: { users: subtree } },
})) as unknown as Organization[]

const figuresOf = ({ usage, limits }: Organization) => {
  const grouped = (figure: number | null | undefined) => figure?.toLocaleString('en-US') ?? '–'
  return [usage.usage.users, usage.subtree_usage.users, limits.users].map(grouped)
}

const layouts: [name: string, row: (organization: Organization) => string[], sample: string[]][] = [
  ['a table', (one) => [[one.name, ...figuresOf(one)].join('\t')], ['Sample Inc\t12\t12\t25']],
  [
    'blocks',
    (one) => [one.name, ['Users', ...figuresOf(one)].join('\t')],
    ['Sample Inc', 'Users\t12\t12\t25'],
  ],
  [
    'sentences',
    (one) => [`${one.name} uses ${figuresOf(one)[0]} of ${figuresOf(one)[2]} users.`],
    ['Sample Inc uses 12 of 25 users.'],
  ],
  ['cards', (one) => [one.name, `Users: ${figuresOf(one)[0]}`], ['Sample Inc', 'Users: 12']],
]

const truths = [
  ['There are no organizations in this workspace.', 'Page 1 of 1', 'Created on 31 March 2026 at 10:12'],
  ['Organization\tUsed\tWith branches\tLimit', 'Total\t0\t0\t500', 'Total users\t0\t0\t500'],
  ['Your subscription has 500 users and 20 locations.', 'Subscription, users: 500', 'Users: 0'],
  ['Users\t0\t0\t25', 'Workspace ws_12 12 of 2026'],
]

describe.each(layouts)('in %s', (_, row, sample) => {
  const rows = learnUsageRows(['Usage 2026', ...organizations.flatMap(row), 'Page 1 of 1'], organizations)

  test('a sample row is found', () => {
    expect(findUsageIn([...truths.flat(), ...sample], rows)).toBe(sample.at(-1))
  })

  test.each(truths.map((lines) => [lines]))('%j is no usage', (lines) => {
    expect(findUsageIn(lines, rows)).toBeUndefined()
  })
})

test('a sample row is found where most rows have a dash in some place', () => {
  const rowOf = (one: Organization, index: number) =>
    [one.name, ...figuresOf(one), ...(index === 0 ? ['3', '–', '-'] : ['–', '7', '8'])].join('\t')
  const rows = learnUsageRows(organizations.map(rowOf), organizations)
  expect(findUsageIn(['Sample Inc\t12\t12\t25\t1\t2\t3'], rows)).toBeDefined()
  expect(findUsageIn(['All\t0\t0\t25\t1\t2\t3', 'All\t–\t–\t25\t–\t2\t3'], rows)).toBeUndefined()
})

test('a document that shows nothing of the organizations teaches nothing', () => {
  expect(learnUsageRows(['Users 7 8 9', 'Users 1 2 3', 'Users 4 5 6'], organizations).size).toBe(0)
})
