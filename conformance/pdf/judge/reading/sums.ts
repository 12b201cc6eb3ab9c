import type { ExpectedFigures } from './expectation.ts'
import type { Assigned, Placed } from './roles.ts'
import type { Subject } from './subjects.ts'

/** Tells rows of sums by their figures: each is what its column shows for all organizations, or for those at the top. */
export class Sums {
  readonly #sums = new Map<string, number[]>()
  readonly #values: Map<Subject, Placed[]>

  constructor(placed: Placed[], roles: Map<string, Assigned>, facts: ExpectedFigures) {
    const figures = placed.filter(
      ({ owner, value, slot }) => owner && value.kind === 'number' && roles.has(slot.id),
    )
    const isNamed = ({ owner }: Placed) => owner!.candidates.length > 0
    this.#values = Map.groupBy(
      figures.filter((each) => !isNamed(each)),
      ({ owner }) => owner!,
    )
    if (this.#values.size === 0) return
    const columns = Map.groupBy(figures.filter(isNamed), ({ slot }) => slot.id)
    const isTop = ({ owner }: Placed) => owner!.candidates.some((at) => facts.ancestors[at]!.length === 0)
    for (const [id, column] of columns) this.#sums.set(id, [sumOf(column), sumOf(column.filter(isTop))])
  }

  /** Whether a row that names nobody known is one of sums. */
  has(row: Subject): boolean {
    const telling = (this.#values.get(row) ?? []).filter(({ value }) => value.value !== 0)
    const isSum = ({ value, slot }: Placed) => this.#sums.get(slot.id)?.includes(value.value!)
    return telling.length > 0 && telling.every(isSum)
  }
}

function sumOf(column: Placed[]): number {
  return column.reduce((sum, { value }) => sum + value.value!, 0)
}
