import type { Entry } from './cross-reference.ts'
import { counted, type Problem } from './problem.ts'
import type { Definition } from './scan.ts'
import type { OffsetError } from './transfer-corruption.ts'

const header = /(\d{1,10})[\0\t\n\f\r ]{1,16}(\d{1,10})[\0\t\n\f\r ]{1,16}obj(?![A-Za-z0-9])/y

/** Numbers of the objects that do not begin where their entry says (ISO 32000-2 §7.5.4). */
export function misplacedObjects(text: string, entries: Map<number, Entry>): number[] {
  const misplaced: number[] = []
  for (const [number, entry] of entries)
    if (entry.kind === 'offset' && !beginsAt(text, number, entry.offset, entry.generation))
      misplaced.push(number)
  return misplaced
}

function beginsAt(text: string, number: number, offset: number, generation: number): boolean {
  header.lastIndex = offset
  const found = header.exec(text)
  return found !== null && Number(found[1]) === number && Number(found[2]) === generation
}

/** The entries with misplaced objects where a scan found them, without those that it did not find. */
export function correctEntries(
  entries: Map<number, Entry>,
  misplaced: number[],
  definitions: Definition[],
): { entries: Map<number, Entry>; offsetErrors: OffsetError[] } {
  const found = new Map(definitions.map((definition) => [definition.number, definition]))
  const corrected = new Map(entries)
  const offsetErrors: OffsetError[] = []
  for (const number of misplaced) {
    const entry = entries.get(number)
    const definition = found.get(number)
    if (definition && entry?.kind === 'offset') {
      offsetErrors.push({ expected: entry.offset, found: definition.offset })
      corrected.set(number, { kind: 'offset', ...definition })
    } else corrected.delete(number)
  }
  return { entries: corrected, offsetErrors }
}

/** `total`: objects that the cross-reference lists. */
export function misplacementProblems(
  misplaced: number[],
  total: number,
  offsetErrors: OffsetError[],
): Problem[] {
  if (misplaced.length === 0) return []
  const shifts = new Set(offsetErrors.map(({ expected, found }) => expected - found))
  const [shift = 0] = shifts
  const isConstant = shifts.size === 1 && offsetErrors.length === misplaced.length
  const how = isConstant
    ? ` (each offset ${counted(Math.abs(shift), 'byte')} too ${shift > 0 ? 'high' : 'low'})`
    : ''
  const message = `${misplaced.length} of ${counted(total, 'object')} not where the cross-reference says${how}`
  return [{ code: 'cross-reference', severity: 'defect', section: '7.5.4', message }]
}
