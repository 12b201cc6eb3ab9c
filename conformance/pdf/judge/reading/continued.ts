import type { Line, TextLayer } from '../../pages/page.ts'
import type { Owned, Territory } from './ownership.ts'
import type { Subject } from './subjects.ts'
import type { Value } from './values.ts'

/**
 * Pages without names go on with the rows of named ones: by the rows' numbers where both have them, otherwise row by
 * row, where there are as many of them as names on the page before (or since the last such page).
 */
export function continueRows(territories: Territory[], subjects: Subject[]): void {
  const byPlane = new Map<TextLayer, Subject[]>()
  for (const subject of subjects) byPlane.set(subject.plane, [...(byPlane.get(subject.plane) ?? []), subject])
  const numbers = rowNumbers(territories, subjects)
  let run: Subject[] = []
  let latest: Subject[] = []
  let wasNamed = false
  for (const territory of territories) {
    const named = byPlane.get(territory.plane)
    if (named) {
      run = wasNamed ? [...run, ...named] : [...named]
      latest = named
      wasNamed = true
      continue
    }
    wasNamed = false
    const rows = rowsOf(territory.owned)
    if (rows.length === 0) continue
    const owners = byNumber(rows, numbers) ?? inOrder(rows, latest) ?? inOrder(rows, run)
    if (!owners) continue
    const lines = new Set(rows.map(({ line }) => line))
    for (const owned of territory.owned)
      if (lines.has(owned.value.line))
        Object.assign(owned, { owner: owners.get(owned.value.line) ?? null, carried: false })
    // A page of names may be continued by several pages, one after the other.
    if (run.length > rows.length && owners.get(rows[0]!.line) === run[0]) run = run.slice(rows.length)
  }
}

interface Row {
  line: Line
  values: Value[]
}

function rowsOf(owned: Owned[]): Row[] {
  const rows = new Map<Line, Value[]>()
  for (const { value } of owned) {
    if (
      /\p{L}{3}/u.test(
        value.segment.words
          .map(({ text }) => text)
          .join(' ')
          .replace(value.text, ''),
      )
    )
      continue
    rows.set(value.line, [...(rows.get(value.line) ?? []), value])
  }
  return [...rows].map(([line, values]) => ({ line, values })).sort((a, b) => a.line.y - b.line.y)
}

/** The number left of each name, where the rows are numbered. */
function rowNumbers(territories: Territory[], subjects: Subject[]): Map<number, Subject> {
  const onLine = new Map<Line, Subject>(subjects.map((subject) => [subject.line, subject]))
  const numbers = new Map<number, Subject>()
  for (const { owned } of territories)
    for (const { value } of owned) {
      const subject = onLine.get(value.line)
      if (subject && value.kind === 'number' && value.x1 <= subject.x && !numbers.has(value.value!))
        numbers.set(value.value!, subject)
    }
  return numbers.size >= 0.9 * subjects.length ? numbers : new Map()
}

function byNumber(rows: Row[], numbers: Map<number, Subject>): Map<Line, Subject> | null {
  const owners = new Map<Line, Subject>()
  let last = Number.NEGATIVE_INFINITY
  for (const { line, values } of rows) {
    const first = values.reduce((a, b) => (b.x0 < a.x0 ? b : a))
    const subject = first.kind === 'number' ? numbers.get(first.value!) : undefined
    if (!subject || first.value! <= last) continue
    last = first.value!
    owners.set(line, subject)
  }
  return owners.size >= 0.8 * rows.length ? owners : null
}

function inOrder(rows: Row[], subjects: Subject[]): Map<Line, Subject> | null {
  if (subjects.length === 0) return null
  if (rows.length === subjects.length) return new Map(rows.map(({ line }, at) => [line, subjects[at]!]))
  // Blank rows leave a gap of their height.
  const steps = rows.slice(1).map(({ line }, at) => line.y - rows[at]!.line.y)
  const pitch = Math.min(...steps)
  const first = rows[0]
  if (!first || !(pitch > 0)) return null
  const places = rows.map(({ line }) => Math.round((line.y - first.line.y) / pitch))
  if (places.at(-1)! + 1 !== subjects.length) return null
  return new Map(rows.map(({ line }, at) => [line, subjects[places[at]!]!]))
}
