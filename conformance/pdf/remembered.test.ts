import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

test('what is asked again and again is answered once, however many other questions are asked in between', () => {
  const asked: string[] = []
  const length = remembered((text: string) => {
    asked.push(text)
    return text.length
  }, 10)
  for (let name = 0; name < 1000; name += 1) {
    expect(length('Users')).toBe(5)
    expect(length(`Depot ${name}`)).toBe(`Depot ${name}`.length)
  }
  expect(asked.filter((text) => text === 'Users')).toHaveLength(1)
})

test('old answers are forgotten', () => {
  const asked: number[] = []
  const double = remembered((number: number) => {
    asked.push(number)
    return 2 * number
  }, 10)
  for (const number of [0, ...Array(30).keys(), 0]) double(number)
  expect(asked.filter((number) => number === 0)).toHaveLength(2)
})
