import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'

export interface Coverage {
  /** How many figures a report has to show: a usage figure that is not 0, or a limit, of each type. */
  needed: number
  /** How many of them a reading finds. */
  shown: number
  /** How many numbers stand in the report that it does not explain. */
  unexplained: number
  /** How many of those that it does not find may be read wrong: numbers that stand where it explains none, how often each. */
  elsewhere: Map<number, number>
}

/** What a reading explains of the organizations asked for. */
export function coverage(
  { passages, placed }: Pick<Understood, 'passages' | 'placed'>,
  context: ExpectedFigures,
  isAsked: (at: number) => boolean = () => true,
): Coverage {
  const typeOf = new Map(context.types.map((type, index) => [type, index]))
  const keyOf = (at: number, type: string, isLimit: boolean) =>
    2 * (at * context.types.length + typeOf.get(type)!) + Number(isLimit)
  const found = new Set<number>()
  const explained = new Set<unknown>()
  for (const { organization, values } of passages)
    for (const { value, assigned } of values) {
      if (organization === null || !context.agrees(value, organization, assigned)) continue
      explained.add(value)
      found.add(keyOf(organization, assigned.type, assigned.role === 'limit'))
    }
  const others = new Map<number, number>()
  let unexplained = 0
  for (const { value, cellAddress } of placed)
    if (value.kind === 'number' && cellAddress.figure !== 'other' && !explained.has(value)) {
      others.set(value.value!, (others.get(value.value!) ?? 0) + 1)
      unexplained += 1
    }
  const elsewhere = new Map<number, number>()
  let needed = 0
  let shown = 0
  for (const at of context.organizations.keys())
    for (const type of isAsked(at) ? context.types : [])
      for (const role of ['direct', 'limit'] as const) {
        const number = context.expected(at, type, role)
        if (number === (role === 'limit' ? null : 0)) continue
        needed += 1
        if (found.has(keyOf(at, type, role === 'limit'))) {
          shown += 1
          continue
        }
        const numbers = role === 'limit' ? [number!] : [number!, context.expected(at, type, 'subtree')!]
        const other = numbers.find((each) => (others.get(each) ?? 0) > (elsewhere.get(each) ?? 0))
        if (other !== undefined) elsewhere.set(other, (elsewhere.get(other) ?? 0) + 1)
      }
  return { needed, shown, unexplained, elsewhere }
}
