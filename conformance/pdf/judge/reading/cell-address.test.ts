import { expect, test } from 'vitest'
import { organizationOf, pageOf } from '../vitest.pages.ts'
import { ExpectedFigures } from './expectation.ts'
import { understand } from './read.ts'

const context = new ExpectedFigures([organizationOf('Amber', [417, 900], [12, null])])
const figuresIn = (text: string) =>
  understand([pageOf([[[40, text]]])], context).placed.map(({ value, cellAddress }) => [
    value.text,
    cellAddress.figure,
  ])

test('words between a figure and a bracket belong to the figure before them', () => {
  expect(figuresIn('Amber — Users: 64 incl. subtree, 357 direct (limit: 9)')).toEqual([
    ['64', 'subtree'],
    ['357', 'direct'],
    ['9', 'limit'],
  ])
})
