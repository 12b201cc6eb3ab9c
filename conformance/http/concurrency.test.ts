import { expect, test } from 'vitest'
import { mapConcurrently } from './concurrency.ts'

test('results are in the order of the items, whatever ends first', async () => {
  const delays = [30, 0, 20, 10]
  const wait = (ms: number) => new Promise<number>((resolve) => setTimeout(resolve, ms, ms))
  expect(await mapConcurrently(delays, 3, wait)).toEqual(delays)
})

test('as many run at once as the width says, and one at a time from when they are heavy', async () => {
  let running = 0
  let isHeavy = false
  const most: number[] = []
  const task = async (item: number) => {
    running += 1
    await new Promise((resolve) => setTimeout(resolve, 1))
    most[item] = running
    isHeavy ||= item === 7
    running -= 1
  }
  await mapConcurrently([...Array(16).keys()], 4, task, () => isHeavy)
  expect(Math.max(...most.slice(0, 8))).toBe(4)
  expect(most.slice(12)).toEqual([1, 1, 1, 1])
})
