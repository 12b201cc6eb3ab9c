import { describe, expect, test } from 'vitest'
import { judgePages } from '../judge.ts'
import { organizationOf, pageOf } from '../vitest.pages.ts'
import { isMangled } from './garbled.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Smith & Sons', [38, 41], [77, 130]),
  organizationOf("Bell's Café", [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
  organizationOf('Ember', [86, 120], [53, null]),
]

/** The findings in a table that names the organizations so. */
const findingsWith = (names: string[]) =>
  judgePages(
    [
      pageOf([
        ['Organization', 'Users', 'Users limit', 'Locations', 'Locations limit'].map((text, at) => [
          at === 0 ? 40 : 150 + 100 * at,
          text,
        ]),
        ...organizations.map(({ usage, limits }, at): [number, string][] => [
          [40, names[at]!],
          [250, String(usage.usage.users)],
          [350, String(limits.users)],
          [450, String(usage.usage.locations)],
          [550, String(limits.locations ?? '-')],
        ]),
      ]),
    ],
    { organizations },
  ).findings.map(({ kind, name, found }) => [kind, name, found])

describe('a name with escaped characters is altered, once, and nobody else', () => {
  test.each([
    [1, 'Smith &amp; Sons'],
    [1, 'Smith &amp;amp; Sons'],
    [1, 'Smith &#38; Sons'],
    [1, 'Smith \\u0026 Sons'],
    [1, 'Smith %26 Sons'],
    [1, 'Smith%20%26%20Sons'],
    [1, 'Smith%2520%2526%2520Sons'],
    [1, 'Smith+%26+Sons'],
    [2, 'Bell%27s Caf%C3%A9'],
    [2, 'Bell&apos;s Caf&eacute;'],
    [2, 'Bell&#x27;s Café'],
    [2, 'Bell\\u0027s Caf\\u00e9'],
  ])('%i: %s', (at, shown) => {
    const names = organizations.map(({ name }) => name)
    expect(findingsWith(names)).toEqual([])
    expect(findingsWith(names.with(at, shown))).toEqual([['unreadable-text', names[at], shown]])
  })
})

test.each([
  ['Smith &amp; Daughters', 'Smith & Sons', false],
  ['Smith and Sons', 'Smith & Sons', false],
  ['Кафе &quot;Мир&quot;', 'Кафе "Мир"', true],
  ['&amp;', '&', false],
  ['Smith %26 Daughters', 'Smith & Sons', false],
  ['CafÃ© Mitte', 'Café Mitte', true],
])('%s for %s: %s', (shown, name, expected) => {
  expect(isMangled(shown, name)).toBe(expected)
})
