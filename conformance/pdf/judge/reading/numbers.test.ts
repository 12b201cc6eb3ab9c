import { expect, test } from 'vitest'
import { readQuantities } from './numbers.ts'

const read = (text: string) =>
  readQuantities(text).map(({ kind, value }) => (kind === 'number' ? value : kind))

test.each([
  ['12,500', [12500]],
  ['12.500', [12500]],
  ['12 500', [12500]],
  ['12\u2009500', [12500]],
  ['12’500', [12500]],
  ['1,25,000', [125000]],
  ['12/50', [12, 50]],
  ['12/5.246', [12, 5246]],
  ['7/12.500', [7, 12500]],
  ['12 of 50 (24 %)', [12, 50, 'percent']],
  ['7/—', [7, 'dash']],
  ['0/Disabled', [0, 'zero']],
  ['maximum No limit', ['unlimited']],
  ['limite : illimité', ['unlimited']],
  ['désactivé', ['zero']],
  ['not available', ['zero']],
  ['٢٥٠', [250]],
  ['١٢ من ٥٠', [12, 50]],
  ['50のうち12', [50, 12]],
  ['12名', [12]],
  ['사용자 12명', [12]],
  ['DEVRE DIŞI', ['zero']],
  ['SINIRSIZ', ['unlimited']],
  ['上限なし', ['unlimited']],
  ['معطل', ['zero']],
  ['无', ['dash']],
  ['12.5', ['percent']],
])('%s reads as %j', (text, expected) => {
  expect(read(text)).toEqual(expected)
})

test.each([
  '2026-02-17 08:30',
  '14/04/2026 09:12:44',
  'March 3, 2026',
  '31 January 2026, 14:05 UTC',
  '2026年11月30日',
  '2026년 11월 30일',
  'org_8i6DT5ROjkQi7UPfpb',
])('%s holds no quantity', (text) => {
  expect(read(text)).toEqual([])
})

test('what belongs to a name is no quantity', () => {
  expect(readQuantities('Depot 7 12', [[0, 7]]).map(({ value }) => value)).toEqual([12])
})
