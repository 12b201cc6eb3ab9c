import { describe, expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [12_500, 20_000], [12, null]),
  organizationOf('Basalt', [1038, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [31_122, 45_000], [2026, 3112]),
  organizationOf('Ember', [86, 120], [53, null]),
  organizationOf('Flint', [5005, 230_000], [92, 1110]),
]

const grouped = (mark: string) => (figure: number | null | undefined) =>
  figure == null ? '-' : String(figure).replace(/\B(?=(\d{3})+$)/g, mark)

const two = (part: number) => String(part).padStart(2, '0')
type Written = (day: number, month: number, year: number) => string

/** What marks thousands, and how dates are written beside them. */
const formats: [name: string, mark: string, date: Written][] = [
  ['31.12.2026 beside 12.500', '.', (day, month, year) => `${two(day)}.${two(month)}.${year}`],
  ['1.2.26 beside 12.500', '.', (day, month, year) => `${day}.${month}.${year % 100}`],
  ['31. 12. 2026 beside 12.500', '.', (day, month, year) => `${day}. ${month}. ${year}`],
  ['31/12/2026 beside 12.500', '.', (day, month, year) => `${two(day)}/${two(month)}/${year}`],
  ['31-12-2026 beside 12.500', '.', (day, month, year) => `${two(day)}-${two(month)}-${year}`],
  ['2026-12-31 beside 12.500', '.', (day, month, year) => `${year}-${two(month)}-${two(day)}`],
  ['2026.12.31 beside 12.500', '.', (day, month, year) => `${year}.${two(month)}.${two(day)}`],
  ['2026. 12. 31. beside 12 500', '\u00a0', (day, month, year) => `${year}. ${month}. ${day}.`],
  ['31.12.2026 beside 12’500', '’', (day, month, year) => `${two(day)}.${two(month)}.${year}`],
  ['31.12.2026 14:05 beside 12.500', '.', (day, month, year) => `${two(day)}.${two(month)}.${year} 14:05`],
  ['12/31/2026 beside 12,500', ',', (day, month, year) => `${two(month)}/${two(day)}/${year}`],
  ['31 December 2026 beside 12.500', '.', (day, _, year) => `${day} December ${year}`],
]

const heads = ['Users', 'Limit', 'Locations', 'Limit']
const places = [180, 230, 280, 340]
const cells = (texts: string[], from = places): Row => texts.map((text, at) => [from[at]!, text])
const dateOf = (at: number): [number, number, number] => [1 + 6 * at, 12 - at, 2024 + (at % 4)]

const figuresOf = (at: number, mark: string) => {
  const { usage, limits } = organizations[at]!
  return [usage.usage.users, limits.users, usage.usage.locations, limits.locations].map(grouped(mark))
}

type Layout = (mark: string, date: Written, figures: typeof figuresOf) => Row[]
const rowsOf = (row: (at: number) => Row[]) => organizations.flatMap((_, at) => row(at))

const layouts: [name: string, layout: Layout][] = [
  [
    'in the last column',
    (mark, date, figures) => [
      [[40, `As of ${date(31, 12, 2026)}`]],
      [],
      [[40, 'Organization'], ...cells(heads), [420, 'Contract ends']],
      ...rowsOf((at) => [
        [[40, organizations[at]!.name], ...cells(figures(at, mark)), [420, date(...dateOf(at))]],
      ]),
    ],
  ],
  [
    'before the figures, and not in every row',
    (mark, date, figures) => [
      [
        [40, 'Organization'],
        [100, 'Since'],
        ...cells(
          heads,
          places.map((x) => x + 70),
        ),
      ],
      ...rowsOf((at) => [
        [
          [40, organizations[at]!.name],
          [100, at % 2 ? date(...dateOf(at)) : '-'],
          ...cells(
            figures(at, mark),
            places.map((x) => x + 70),
          ),
        ],
      ]),
    ],
  ],
  [
    'below each name',
    (mark, date, figures) => [
      [[40, 'Organization'], ...cells(heads)],
      ...rowsOf((at) => [
        [[40, organizations[at]!.name], ...cells(figures(at, mark))],
        [[46, `customer since ${date(...dateOf(at))}`]],
      ]),
    ],
  ],
]

describe.each(formats)('%s', (_, mark, date) => {
  test.each(layouts)('%s is no figure', (_, layout) => {
    const { verdict, findings } = judgePages([pageOf(layout(mark, date, figuresOf))], { organizations })
    expect(findings).toEqual([])
    expect(verdict).toBe('conforming')
  })

  test.each(layouts)('%s hides no wrong figure', (_, layout) => {
    const wrong: typeof figuresOf = (at, by) =>
      figuresOf(at, by).with(0, grouped(by)(at === 2 ? 7 : organizations[at]!.usage.usage.users))
    const { findings } = judgePages([pageOf(layout(mark, date, wrong))], { organizations })
    expect(findings.map(({ kind, name, found }) => [kind, name, found])).toEqual([
      ['wrong-usage', 'Cedar', '7'],
    ])
  })
})
