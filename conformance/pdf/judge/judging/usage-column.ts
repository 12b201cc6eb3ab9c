import { firstBeyond } from '../binary-search.ts'
import type { Assigned, ExpectedFigures } from '../reading/expectation.ts'
import type { Value } from '../reading/values.ts'

/** A usage figure of an organization, where most of its kind are as the data has them. */
export interface UsageCell {
  value: Value
  organization: number
  assigned: Assigned
  /** Which line of the document it stands on. */
  at: number
}

/** What a sum may come to, by the way to choose what it sums up. */
export type Scopes = ReadonlyMap<string, readonly number[]>

/** The figures of one type and role, from top to bottom, and what parts of them come to. */
export class UsageColumn {
  readonly #cells: UsageCell[]
  readonly #context: ExpectedFigures
  /** Of the first so many, all together and those of organizations at the top. */
  readonly #totals = [0]
  readonly #topTotals = [0]
  readonly #all: number[]

  constructor(cells: UsageCell[], context: ExpectedFigures) {
    this.#cells = cells
    this.#context = context
    for (const { value, organization } of cells) {
      const isTop = context.ancestors[organization]!.length === 0
      this.#totals.push(this.#totals.at(-1)! + value.value!)
      this.#topTotals.push(this.#topTotals.at(-1)! + (isTop ? value.value! : 0))
    }
    const all = context.organizations.map((_, at) => at)
    const top = all.filter((at) => context.ancestors[at]!.length === 0)
    const add = (of: number[], figure: 'direct' | 'subtree') =>
      of.reduce((sum, at) => sum + this.#figure(at, figure), 0)
    this.#all = [add(all, 'direct'), add(top, 'subtree')]
  }

  /**
   * For a sum on line `at`: those after the sum before it (`row`) or after the last one in the same words (`alike`); all
   * above it, also without those below others; all organizations; those that its row names, or those above which the
   * last figure stands.
   */
  scopes(at: number, after: { row: number; alike: number }, named: number[]): Scopes {
    const end = this.#before(at)
    const last = this.#cells[end - 1]
    const ranges = Object.entries(after).flatMap(([name, line]): [string, number[]][] => {
      const start = this.#before(line + 1)
      return [[name, [this.#totals[end]! - this.#totals[start]!]]]
    })
    const above = last ? [last.organization, ...this.#context.ancestors[last.organization]!] : []
    return new Map([
      ...ranges,
      ['above', [this.#totals[end]!]],
      ['above, topmost', [this.#topTotals[end]!]],
      ['all', this.#all],
      ['named', named.map((each) => this.#figure(each, 'subtree'))],
      ['below named', named.map((each) => this.#figure(each, 'subtree') - this.#figure(each, 'direct'))],
      ['branch', above.map((each) => this.#figure(each, 'subtree'))],
    ])
  }

  /** How many cells stand before a line. */
  #before(line: number): number {
    return firstBeyond([0, this.#cells.length], (at) => this.#cells[at]!.at < line)
  }

  #figure(at: number, role: 'direct' | 'subtree'): number {
    return this.#context.expected(at, this.#type, role) ?? 0
  }

  get #type(): string {
    return this.#cells[0]!.assigned.type
  }
}
