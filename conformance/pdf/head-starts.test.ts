import { expect, test } from 'vitest'
import { columnStartedAt, startColumns } from './head-starts.ts'
import type { Column } from './headers.ts'
import type { Line, Segment } from './text.ts'
import type { Content } from './values.ts'

const columns = [193, 286, 341].map(
  (x0, nth): Column => ({ leaf: '', nth, groups: [], box: { x0, x1: x0 + 30, y0: 0, y1: 10 } }),
)

/** Whether columns start at their heads, told by rows of figures that reach from one x to another. */
function toldBy(...rows: [number, number][][]): boolean {
  const contents = new Map<Segment, Content>()
  const lines = rows.map((cells) => {
    const segments = cells.map(([x0, x1]) => ({ x0, x1 }) as Segment)
    for (const segment of segments) contents.set(segment, { values: [{}] } as Content)
    return { segments } as Line
  })
  return startColumns(columns, lines, contents)
}

test('a figure set to the right belongs to the head that started before it, not to the nearer next one', () => {
  expect(
    toldBy([
      [269, 276],
      [325, 331],
      [372, 391],
    ]),
  ).toBe(true)
  expect(columnStartedAt(columns, { x0: 269, x1: 276 })).toBe(columns[0])
})

test('heads do not mark starts where figures reach across them', () => {
  expect(
    toldBy([
      [269, 295],
      [325, 350],
      [372, 391],
    ]),
  ).toBe(false)
})

test('heads do not mark starts where two figures stand between the same two', () => {
  expect(
    toldBy([
      [200, 210],
      [220, 230],
      [372, 391],
    ]),
  ).toBe(false)
})
