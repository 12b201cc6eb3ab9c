import { expect, test } from 'vitest'
import { placeholders } from './placeholders.ts'

test.each([
  ['Prepared for undefined', 'undefined'],
  ['As of Invalid DateTime', 'Invalid DateTime'],
  ['As of Invalid date', 'Invalid date'],
  ['translation missing: en.report.title', 'translation missing: e'],
  ['Usage of {0}', '{0}'],
  ['Usage of %!s(MISSING)', '%!s(MISSING'],
  ['Usage of <nil>', '<nil>'],
  ['Usage of #<Workspace:0x000055d0c8>', '#<Workspace:0x000055d0c8'],
  ['Usage of <Workspace object at 0x7f3c2a>', '<Workspace object at 0x7f3c2a>'],
  ['Usage of <built-in method title of str object at 0x7f>', '<built-in method title of str object at 0x7f>'],
  ["Users: Decimal('5')", 'Decimal('],
  ["Usage of b'Northwind'", "b'Northwind'"],
  ['Usage of com.example.Workspace@1b6d3586', '.Workspace@1b6d3586'],
  ['Usage of System.Collections.Generic.List`1[System.String]', 'System.Collections'],
  ['Usage of function () { [native code] }', 'function () {'],
  ['Usage&nbsp;report', '&nbsp;'],
  ['<b>Usage</b>', '<b>'],
  ['1 of 3 about:blank', 'about:blank'],
])('%s', (text, found) => {
  expect(placeholders.exec(text)?.[0]).toBe(found)
})

test.each([
  'Limit: None',
  'nil return',
  'The storage array is 50 % full',
  'bob@facade.example',
  'J.Bob@facade.example',
  'Smith & Sons; Ltd',
  'usage < 5 and limit > 3',
  'a function (see below)',
  'System. Collections of 2026',
  '{users} of {limit}',
  "l'été et b'aucoup",
  'Prices of 100 %',
])('%s is text', (text) => {
  expect(placeholders.exec(text)?.[0]).toBeUndefined()
})
