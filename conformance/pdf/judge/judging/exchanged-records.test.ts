import { expect, test } from 'vitest'
import { ExpectedFigures } from '../reading/expectation.ts'
import { understand } from '../reading/read.ts'
import { organizationOf, pageOf, type Row } from '../vitest.pages.ts'
import { exchangedRecords } from './exchanged-records.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, 52]),
  organizationOf('Basalt', [38, 99], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
  organizationOf('Ember', [86, 120], [53, 83]),
  organizationOf('Fjord', [511, 740], [29, 47]),
  organizationOf('Grove', [163, 282], [61, 73]),
  organizationOf('Heath', [927, 1150], [17, 26]),
  organizationOf('Islet', [254, 333], [94, 111]),
  organizationOf('Jetty', [1306, 1777], [43, 57]),
]

test('organizations that show each other’s figures are found where each is named in several sections', () => {
  const order = [3, 2, 1, 0, 4, 5, 6, 7, 8, 9].map((at) => organizations[at]!)
  const rows = (['users', 'locations'] as const).flatMap((type): Row[] => [
    [
      [40, 'Name'],
      [200, `${type} used`],
      [300, `${type} limit`],
    ],
    ...order.map(
      ({ usage, limits }, at): Row => [
        [40, organizations[at]!.name],
        [200, String(usage.usage[type])],
        [300, String(limits[type])],
      ],
    ),
  ])
  const context = new ExpectedFigures(organizations)
  expect(exchangedRecords(understand([pageOf(rows)], context).passages, context)).toEqual(
    new Set([0, 1, 2, 3]),
  )
})
