import { expect, test } from 'vitest'
import { type KeyRange, type NameKey, NameKeys } from './name-keys.ts'

const name = (key: string, ...candidates: number[]): NameKey => ({ key, kind: 'name', candidates })
const keys = new NameKeys([name('depot', 0), name('depotlyon', 1), name('lyon', 2), name('depot', 3)])

function after(letters: string): KeyRange | undefined {
  let range: KeyRange | undefined = keys.all
  for (const letter of letters) range = range && keys.narrowed(range, letter)
  return range
}

test('a beginning of names leads to those that begin so', () => {
  const { from, to } = after('dep')!
  expect(to - from).toBe(2)
  expect(after('lyo')).toBeDefined()
})

test('no name begins with other letters', () => {
  expect(after('x')).toBeUndefined()
  expect(after('depox')).toBeUndefined()
  expect(after('lyons')).toBeUndefined()
})

test('a whole name stands for all who are called so, and may go on', () => {
  const depot = after('depot')!
  expect(keys.wholeOf(depot)?.candidates).toEqual([0, 3])
  expect(keys.goOn(depot)).toBe(true)
  expect(keys.wholeOf(after('depotl')!)).toBeUndefined()
  expect(keys.goOn(after('depotlyon')!)).toBe(false)
})
