import type { Entry } from './cross-reference.ts'
import type { PdfObjects } from './objects.ts'
import { counted, type Problem } from './problem.ts'
import type { Definition } from './scan.ts'
import type { Drift } from './transfer-corruption.ts'

const header = /(\d{1,10})[\0\t\n\f\r ]{1,16}(\d{1,10})[\0\t\n\f\r ]{1,16}obj(?![A-Za-z0-9])/y

/** Numbers of the objects that do not stand where their entry says (ISO 32000-2 §7.5.4). */
export function strayEntries(text: string, entries: Map<number, Entry>): number[] {
  const strays: number[] = []
  for (const [number, entry] of entries) {
    if (entry.kind === 'offset' && !stands(text, number, entry.offset, entry.generation)) strays.push(number)
  }
  return strays
}

function stands(text: string, number: number, offset: number, generation: number): boolean {
  header.lastIndex = offset
  const found = header.exec(text)
  return found !== null && Number(found[1]) === number && Number(found[2]) === generation
}

/** Corrects stray entries by what a scan of the file finds; what it moved says how far the bytes are off. */
export function relocate(objects: PdfObjects, strays: number[], definitions: Definition[]): Drift[] {
  const found = new Map(definitions.map((definition) => [definition.number, definition]))
  const drifts: Drift[] = []
  for (const number of strays) {
    const entry = objects.entries.get(number)
    const definition = found.get(number)
    if (definition && entry?.kind === 'offset') {
      drifts.push({ expected: entry.offset, found: definition.offset })
      objects.entries.set(number, { kind: 'offset', ...definition })
    } else objects.entries.delete(number)
  }
  return drifts
}

export function strayProblem(strays: number[], total: number, drifts: Drift[]): Problem[] {
  if (strays.length === 0) return []
  const shifts = new Set(drifts.map(({ expected, found }) => expected - found))
  const [shift = 0] = shifts
  const isConstant = shifts.size === 1 && drifts.length === strays.length
  const how = isConstant
    ? ` (each offset ${counted(Math.abs(shift), 'byte')} too ${shift > 0 ? 'high' : 'low'})`
    : ''
  const message = `${strays.length} of ${counted(total, 'object')} not where the cross-reference says${how}`
  return [{ code: 'cross-reference', severity: 'defect', section: '7.5.4', message }]
}
