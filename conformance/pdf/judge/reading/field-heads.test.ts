import { expect, test } from 'vitest'
import { judgePages } from '../judge.ts'
import { organizationOf, pageOf, type Row } from '../vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
  organizationOf('Ember', [86, 120], [53, 99]),
]

/** Rows of fields as text, without room between them. */
const judge = (heads: string[], mark: string) => {
  const rows = organizations.map(({ name, usage, limits }) =>
    [name, usage.usage.users, limits.users, usage.usage.locations, limits.locations]
      .map((field) => String(field ?? 'unlimited'))
      .join(mark),
  )
  const lines = [heads.join(mark), ...rows].map((text): Row => [[40, text]])
  const { verdict, findings } = judgePages([pageOf(lines)], { organizations })
  return [verdict, ...findings.map(({ kind }) => kind)]
}

test.each(['; ', ' | '])('a head names the fields in its place of rows that %j parts', (mark) => {
  expect(judge(['Name', 'Users used', 'Users limit', 'Sites used', 'Sites limit'], mark)).toEqual([
    'conforming',
  ])
  expect(judge(['Name', 'Sites used', 'Sites limit', 'Users used', 'Users limit'], mark)).toEqual([
    'nonconforming',
    'exchanged-headings',
  ])
})
