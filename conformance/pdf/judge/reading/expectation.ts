import type { Organization } from '../../../../fixtures/organization.ts'
import type { Reading } from './numbers.ts'

/** What a document must detail, and what it must not. */
export interface Expectation {
  organizations: Organization[]
  /** Organizations that must not appear, unless an own one has the same name. */
  foreign?: Organization[]
  workspace?: { id?: string; name?: string }
  /** Which usage figures count as shown. Default: either. */
  usage?: 'direct' | 'subtree' | 'either'
}

export type Role = 'direct' | 'subtree' | 'limit'

/** What a quantity may be a figure of. */
export interface Figure {
  type: string
  role: Role
}

/** What the values of one cell address are figures of. */
export interface Assigned extends Figure {
  /** Matches among the numbers compared. */
  rate: number
}

/** Whatever shows usage with all below or without shows the usage. */
export const figureKey = ({ type, role }: Figure): string => `${type}|${role === 'limit' ? 'limit' : 'usage'}`

/** The organizations' figures, ready to be compared. */
export class ExpectedFigures {
  readonly organizations: Organization[]
  readonly types: string[]
  /** By index: indices of the ancestors, nearest first. */
  readonly ancestors: number[][]
  readonly #frequency = new Map<number, number>()
  readonly #values: Map<number, number>[]

  constructor(organizations: Organization[]) {
    this.organizations = organizations
    const types = new Set<string>()
    for (const { usage, limits } of organizations)
      for (const quantities of [usage.usage, usage.subtree_usage, limits])
        for (const type of Object.keys(quantities)) types.add(type)
    this.types = [...types].sort()
    const index = new Map(organizations.map(({ id }, at) => [id, at]))
    this.ancestors = organizations.map((organization) => {
      const chain: number[] = []
      let parent = organization.parent_org_id
      while (parent !== null && parent !== undefined && chain.length < 100) {
        const at = index.get(parent)
        if (at === undefined || chain.includes(at)) break
        chain.push(at)
        parent = organizations[at]!.parent_org_id
      }
      return chain
    })
    this.#values = organizations.map((_, at) => {
      const values = new Map<number, number>()
      for (const type of this.types)
        for (const role of ['direct', 'subtree', 'limit'] as const) {
          const value = this.expected(at, type, role)
          if (value === null) continue
          values.set(value, (values.get(value) ?? 0) + 1)
        }
      for (const value of values.keys()) this.#frequency.set(value, (this.#frequency.get(value) ?? 0) + 1)
      return values
    })
  }

  /** Usage that is not stated is 0; a limit that is not stated is null. */
  expected(at: number, type: string, role: Role): number | null {
    const { usage, limits } = this.organizations[at]!
    if (role === 'limit') return limits[type] ?? null
    return (role === 'direct' ? usage.usage : usage.subtree_usage)[type] ?? 0
  }

  /** Whether a quantity says what the data has: the same number, or, in words or by a dash, that there is nothing. */
  agrees({ kind, value }: Pick<Reading, 'kind' | 'value'>, at: number, { type, role }: Figure): boolean {
    const expected = this.expected(at, type, role)
    return kind === 'number' ? value === expected : !expected
  }

  /** How well figures fit an organization, in nats: above 0 where they are likelier its own than anybody's. */
  likeness(figures: readonly { value: Reading; assigned: Figure }[], at: number): number {
    let score = 0
    for (const { value, assigned } of figures) {
      const agrees = this.agrees(value, at, assigned)
      if (value.kind === 'number') score += agrees ? Math.min(3, this.surprise(value.value!)) : -2
      else if (assigned.role === 'limit' && value.kind !== 'word') {
        const expected = value.kind === 'zero' ? 0 : null
        score += this.expected(at, assigned.type, 'limit') === expected ? 0.5 : -1
      }
    }
    return score
  }

  /** How many of an organization's figures have this value. */
  timesExpected(at: number, value: number): number {
    return this.#values[at]!.get(value) ?? 0
  }

  isExpectedAnywhere(value: number): boolean {
    return this.#frequency.has(value)
  }

  /** How much finding a value says, in nats: little for 0, which is everywhere, much for 2925. */
  surprise(value: number): number {
    const known = this.#frequency.get(value) ?? 0
    const size = this.organizations.length
    const common = Math.max(known / Math.max(size, 6), value < 10 ? 0.25 : value < 100 ? 0.08 : 0.02)
    return -Math.log(Math.min(0.9, common))
  }
}
