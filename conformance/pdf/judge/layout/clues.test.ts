import { expect, test } from 'vitest'
import { ExpectedFigures } from '../reading/expectation.ts'
import { understand } from '../reading/read.ts'
import { organizationOf, pageOf, type Row } from '../vitest.pages.ts'
import { cluesOf } from './clues.ts'

const context = new ExpectedFigures([
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
])

const cluesIn = (rows: Row[]) =>
  [...cluesOf(understand([pageOf(rows)], context))].map(([{ text }, clues]) => ({ text, ...clues }))

test('a clause is told by its words, without the name before it', () => {
  const found = cluesIn([[[40, 'Amber uses 417 seats out of 900, 12 sites (no limit)']]])
  expect(found.map(({ text, clause, nth }) => [text, clause, nth])).toEqual([
    ['417', 'uses # seats out of #', 0],
    ['900', 'uses # seats out of #', 1],
    ['12', '# sites (#)', 0],
    ['no limit', '# sites (#)', 1],
  ])
})

test('the words left of a quantity on its line are its row’s, unless they name an organization', () => {
  const found = cluesIn([
    [
      [40, 'Amber'],
      [200, '5'],
    ],
    [
      [60, 'Seats'],
      [200, '417'],
      [300, '900'],
    ],
  ])
  expect(found.map(({ text, rowLabel }) => [text, rowLabel])).toEqual([
    ['5', ''],
    ['417', 'seats'],
    ['900', 'seats'],
  ])
})

test('a line of words alone is the title of what follows', () => {
  const found = cluesIn([
    [[40, 'Seats in use']],
    [
      [40, 'Amber'],
      [200, '417'],
    ],
    [[40, 'Sites']],
    [
      [40, 'Amber'],
      [200, '12'],
    ],
  ])
  expect(found.map(({ text, title }) => [text, title])).toEqual([
    ['417', 'seats in use'],
    ['12', 'sites'],
  ])
})

test('a statement is told by its words up to the quantity, whatever ends it', () => {
  const found = cluesIn([[[40, 'Amber – Seats: used 417, up to 900; sites: used 12, up to no limit']]])
  expect(found.map(({ text, prefix }) => [text, prefix])).toEqual([
    ['417', 'seats: used'],
    ['900', 'seats: used #, up to'],
    ['12', 'sites: used'],
    ['no limit', 'sites: used #, up to'],
  ])
})

test('words right of a quantity are its row’s where the line runs from the right', () => {
  const found = cluesIn([
    [
      [100, '900'],
      [200, '417'],
      // Words come in the order of the page; those of such scripts are turned.
      [300, 'תומוקמ'],
      [400, 'Amber'],
    ],
  ])
  expect(found.map(({ text, rowLabel }) => [text, rowLabel])).toEqual([
    ['900', 'מקומות'],
    ['417', 'מקומות'],
  ])
})

test('names of others are no part of a clause, and a dash behind a share parts words', () => {
  const found = cluesIn([
    [[40, '1. 46 % – Amber: 417 / 900']],
    [[40, '2. 30 % – Copper: 27 / 90']],
    [[40, '3. 12 % – Basalt: 16 / 130']],
  ])
  const clauseOf = (quantity: string) => found.find(({ text }) => text === quantity)!.clause
  expect(clauseOf('27')).toBe('# / #')
  expect(clauseOf('27')).toBe(clauseOf('417'))
})
