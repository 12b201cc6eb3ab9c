import { expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, 52]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, null]),
  organizationOf('Delta', [640, null], [19, 45]),
  organizationOf('Ember', [86, 120], [53, null]),
  organizationOf('Fjord', [511, null], [29, 47]),
  organizationOf('Grove', [163, 282], [61, 73]),
  organizationOf('Heath', [927, null], [17, null]),
  organizationOf('Islet', [254, 333], [94, 111]),
  organizationOf('Jetty', [1306, null], [43, 57]),
]

const report = (noLimit: string) => {
  const heads: Row = [
    [40, 'Organization'],
    [150, 'Users'],
    [220, 'Users limit'],
    [320, 'Locations'],
    [400, 'Locations limit'],
  ]
  const rows = organizations.map(({ name, usage, limits }): Row => {
    const shown = (limit: number | null | undefined) => String(limit ?? noLimit)
    return [
      [40, name],
      [150, String(usage.usage.users)],
      [220, shown(limits.users)],
      [320, String(usage.usage.locations)],
      [400, shown(limits.locations)],
    ]
  })
  return pageOf([heads, ...rows])
}

test('a word wherever nothing limits is right', () => {
  expect(judgePages([report('none')], { organizations })).toMatchObject({
    verdict: 'conforming',
    findings: [],
  })
})

test.each(['2147483647', '999999', '9999'])(
  '%s wherever nothing limits is a wrong limit, however many it is',
  (noLimit) => {
    const { verdict, findings } = judgePages([report(noLimit)], { organizations })
    expect([
      verdict,
      new Set(findings.map(({ kind, expected, found }) => [kind, expected, found].join())),
    ]).toEqual(['nonconforming', new Set([`wrong-limit,none,${noLimit}`])])
    expect(findings).toHaveLength(8)
  },
)
