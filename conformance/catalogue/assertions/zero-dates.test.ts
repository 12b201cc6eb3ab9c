import { expect, test } from 'vitest'
import { findZeroDate, isZeroDate } from './zero-dates.ts'

test.each([
  ['As of 1970-01-01', '1970-01-01'],
  ['As of 1970-01-01T00:00:00Z', '1970-01-01'],
  ['Stand: 01.01.1970', '01.01.1970'],
  ['Date\t1/1/1970, 12:00 AM', '1/1/1970'],
  ['1 January 1970', '1 January 1970'],
  ['1. Januar 1970', '1. Januar 1970'],
  ['le 1er janvier 1970', '1er janvier 1970'],
  ['1 de enero de 1970', '1 de enero de 1970'],
  ['Thu Jan 01 1970', 'Jan 01 1970'],
  ['December 31, 1969', 'December 31, 1969'],
  ['12/31/1969', '12/31/1969'],
  ['0001-01-01', '0001-01-01'],
  ['01/01/0001', '01/01/0001'],
  ['0000-00-00', '0000-00-00'],
  ['January 1, 0001', 'January 1, 0001'],
  ['Stand 30.12.1899', '30.12.1899'],
  ['As of 12/31/1899', '12/31/1899'],
  ['01.01.1900', '01.01.1900'],
  ['1970年1月1日', '1970年1月1日'],
])('%s', (text, found) => {
  expect(findZeroDate(text)).toBe(found)
})

test.each([
  '1970-01-10',
  '11.01.1970',
  '1 January 2026',
  'Established 1970',
  '31.12.2026',
  '1,970 users',
  '31/12/2069',
  '30.12.2026',
  '1 January 2001',
])('%s is none', (text) => {
  expect(findZeroDate(text)).toBeUndefined()
})

test('an instant is zero in whatever time zone', () => {
  expect(isZeroDate(new Date('1970-01-01T00:00:00+14:00'))).toBe(true)
  expect(isZeroDate(new Date('1970-01-01T12:00:00-10:00'))).toBe(true)
  expect(isZeroDate(new Date('1970-01-03'))).toBe(false)
})
