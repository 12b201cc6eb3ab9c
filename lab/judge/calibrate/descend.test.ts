import { expect, test } from 'vitest'
import type { Outcome } from '../labelled-files.ts'
import { descend } from './descend.ts'

type Name = 'margin' | 'idle'

/** Cases that end right where the margin is between their bounds. */
const evaluatorOf = (bounds: [number, number][]) => {
  const asked: (Name | undefined)[] = []
  const evaluate = async ({ margin }: Record<Name, number>, moved?: Name): Promise<Outcome[]> => {
    asked.push(moved)
    return bounds.map(([least, most]) => (margin < least ? 'undecided' : margin > most ? 'blamed' : 'right'))
  }
  return { asked, evaluate }
}
const names: Name[] = ['margin', 'idle']

test('weights that no single move betters stay, with how far each can move', async () => {
  const { evaluate } = evaluatorOf([
    [3.5, 100],
    [0, 6],
  ])
  expect(await descend({ margin: 4, idle: 1 }, names, evaluate)).toEqual({
    weights: { margin: 4, idle: 1 },
    loss: 0,
    sensitivities: [
      { name: 'margin', value: 4, unchanged: [0.9, 1.33], first: { factor: 0.75, cases: 1, loss: 1 } },
      { name: 'idle', value: 1, unchanged: [0.5, 2] },
    ],
  })
})

test('a weight moves where the loss is lowest, by the smallest move that reaches it', async () => {
  const { evaluate } = evaluatorOf([
    [0, 3.5],
    [1.5, 100],
  ])
  const { weights, loss } = await descend({ margin: 4, idle: 1 }, names, evaluate)
  expect([weights, loss]).toEqual([{ margin: 3, idle: 1 }, 0])
})

test('a wrong verdict costs more than none', async () => {
  const { evaluate } = evaluatorOf([
    [0, 1],
    [1.5, 100],
  ])
  const { weights, loss } = await descend({ margin: 1.9, idle: 1 }, names, evaluate)
  expect(weights.margin).toBeLessThanOrEqual(1)
  expect(loss).toBe(1)
})

test('only cases that read the weight are asked again', async () => {
  const { asked, evaluate } = evaluatorOf([[0, 100]])
  await descend({ margin: 4, idle: 1 }, names, evaluate)
  expect(asked).toEqual([undefined, 'margin', 'margin', 'idle', 'idle'])
})
