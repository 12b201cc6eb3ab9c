import type { ReportRow, RowFigures } from '../corpus/mutations.ts'
import type { LocalWording } from './local-wording.ts'
import { type PageDrawer, widthOf } from './page-drawer.ts'

/** Draws rows of a report. `sums` are what rows of sums say of each type. */
type Layout = (page: PageDrawer, rows: ReportRow[], words: LocalWording, sums: Record<string, string>) => void

const used = 'subtree' satisfies keyof RowFigures
const typesOf = (words: LocalWording) => Object.entries(words.types)

/** A line of cells: the first begins at the margin, the others end at their place. */
function line(page: PageDrawer, cells: string[], ends: number[], bold = false, size = 9): void {
  for (const [at, cell] of cells.entries())
    page.text(at === 0 ? 40 : ends[at - 1]!, cell, { bold, size, align: at === 0 ? 'start' : 'end' })
  page.y += 14
}

/** A table whose heads stand again on every page. */
function table(page: PageDrawer, head: () => void, rows: string[][], ends: number[]): void {
  head()
  for (const row of rows) {
    if (page.ensureRoom(14)) head()
    line(page, row, ends)
  }
}

const places = (count: number, first = 330, step = 80) =>
  Array.from({ length: count }, (_, at) => first + at * step)

/** A head of two lines: groups, each over as many columns, and below them what each column is. */
function groupedHead(page: PageDrawer, name: string, groups: string[], columns: string[], ends: number[]) {
  return () => {
    const span = columns.length / groups.length
    for (const [at, group] of groups.entries()) {
      const [first, last] = [ends[at * span]!, ends[(at + 1) * span - 1]!]
      page.text((first - 40 + last) / 2, group, { bold: true, align: 'center' })
    }
    page.y += 13
    line(page, [name, ...columns], ends, true, 7)
  }
}

/** Ten ways to lay out the same rows. */
export const localLayouts: Record<string, Layout> = {
  'a group of columns a type': (page, rows, words) => {
    const ends = places(6)
    const columns = typesOf(words).flatMap(() => [words[used], words.limit])
    const head = groupedHead(page, words.name, Object.values(words.types), columns, ends)
    const cells = rows.map(({ name, figures }) => [
      name,
      ...typesOf(words).flatMap(([type]) => [figures[type]![used], figures[type]!.limit]),
    ])
    table(page, head, cells, ends)
  },
  'a group of columns a figure': (page, rows, words) => {
    const ends = places(6)
    const columns = [...Object.values(words.types), ...Object.values(words.types)]
    const head = groupedHead(page, words.name, [words[used], words.limit], columns, ends)
    const cells = rows.map(({ name, figures }) => [
      name,
      ...typesOf(words).map(([type]) => figures[type]![used]),
      ...typesOf(words).map(([type]) => figures[type]!.limit),
    ])
    table(page, head, cells, ends)
  },
  'direct and subtree': (page, rows, words) => {
    const ends = places(9, 210, 73)
    const figuresOf = ({ direct, subtree, limit }: RowFigures) => [direct, subtree, limit]
    const columns = typesOf(words).flatMap(() => [words.direct, words.subtree, words.limit])
    const narrow = columns.map((text) => cut(text, 52))
    const head = groupedHead(page, words.name, Object.values(words.types), narrow, ends)
    const cells = rows.map(({ name, figures }) => [
      name,
      ...typesOf(words).flatMap(([type]) => figuresOf(figures[type]!)),
    ])
    table(page, head, cells, ends)
  },
  'a row a type': (page, rows, words) => {
    const ends = [480, 600]
    const head = () => line(page, [words.name, words[used], words.limit], ends, true)
    head()
    for (const { name, figures } of rows) {
      if (page.ensureRoom(48)) head()
      page.text(40, name)
      for (const [type, label] of typesOf(words)) {
        page.text(250, label)
        line(page, ['', figures[type]![used], figures[type]!.limit], ends)
      }
    }
  },
  cards: (page, rows, words) => {
    for (const { name, figures } of rows) {
      page.ensureRoom(90)
      page.text(40, name, { size: 12, bold: true })
      page.y += 16
      line(page, ['', words[used], words.limit], [320, 430], true)
      for (const [type, label] of typesOf(words)) {
        page.text(50, label)
        line(page, ['', figures[type]![used], figures[type]!.limit], [320, 430])
      }
      page.y += 14
    }
  },
  'labels and values': (page, rows, words) => {
    for (const { name, figures } of rows) {
      page.ensureRoom(120)
      page.text(40, name, { size: 11, bold: true })
      page.y += 15
      for (const [type, label] of typesOf(words))
        for (const figure of [used, 'limit'] as const) {
          page.text(50, `${label}, ${words[figure]}:`)
          page.text(330, figures[type]![figure], { align: 'end' })
          page.y += 12
        }
      page.y += 12
    }
  },
  'ratios with a stroke': (page, rows, words) => {
    const ends = places(3, 400, 140)
    const heads = Object.values(words.types).map((label) => `${label} (${words[used]} / ${words.limit})`)
    const head = () => line(page, [words.name, ...heads.map((text) => cut(text, 110))], ends, true)
    const cells = rows.map(({ name, figures }) => [
      name,
      ...typesOf(words).map(([type]) => `${figures[type]![used]} / ${figures[type]!.limit}`),
    ])
    table(page, head, cells, ends)
  },
  'ratios in words': (page, rows, words) => {
    const ends = places(3, 400, 140)
    const isNumber = (text: string) => text !== words.none && text !== words.zero
    const ratio = ({ subtree, limit }: RowFigures) =>
      isNumber(limit) ? words.ratio(subtree, limit) : `${subtree} (${limit})`
    const head = () => line(page, [words.name, ...Object.values(words.types)], ends, true)
    const cells = rows.map(({ name, figures }) => [
      name,
      ...typesOf(words).map(([type]) => ratio(figures[type]!)),
    ])
    table(page, head, cells, ends)
  },
  'a section a type': (page, rows, words, sums) => {
    const ends = [420, 540]
    for (const [type, label] of typesOf(words)) {
      page.ensureRoom(60)
      page.text(40, label, { size: 13, bold: true })
      page.y += 18
      const head = () => line(page, [words.name, words[used], words.limit], ends, true)
      table(
        page,
        head,
        rows.map(({ name, figures }) => [name, figures[type]![used], figures[type]!.limit]),
        ends,
      )
      line(page, [words.total, sums[type]!], ends, true)
      page.y += 16
    }
  },
  sentences: (page, rows, words) => {
    for (const { name, figures } of rows) {
      const parts = typesOf(words).map(
        ([type, label]) =>
          `${label}: ${words[used]} ${figures[type]![used]}, ${words.limit} ${figures[type]!.limit}`,
      )
      page.ensureRoom(40)
      page.text(40, `${name} – ${parts.join('; ')}.`)
      page.y += 20
    }
  },
}

/** As much of the text as fits, whole words first. */
function cut(text: string, width: number): string {
  let fitting = text
  while (widthOf(fitting, 7) > width && fitting.includes(' '))
    fitting = fitting.slice(0, fitting.lastIndexOf(' '))
  return fitting
}
