import type { Element } from '../element.ts'
import type { Direction } from '../rules/rule.ts'
import { compareAlternatives } from './alternatives.ts'
import { compareConditions } from './conditions.ts'
import { Decisions } from './decisions.ts'
import { compareItems } from './items.ts'
import { partsOf } from './parts.ts'
import { compareProperties } from './properties.ts'
import { compareSubtypes } from './subtypes.ts'
import { compareValues } from './values.ts'
import {
  isCopy,
  type Notation,
  type PatternRelation,
  type Relations,
  type SchemaChange,
  type SchemaPair,
  Visit,
} from './visit.ts'

interface Node {
  changes: SchemaChange[]
  below: string[]
}

/** A schema, or none, and the element that holds it. */
export type HeldSchema = [holder: Element, schema: Element | undefined]

/** Compares each pair of schemas once, however often it is referenced, also in cycles. */
export class SchemaGraph implements Relations {
  private readonly nodes = new Map<string, Node>()
  private readonly decisions = new Decisions()
  readonly containsPattern: PatternRelation

  constructor(containsPattern: PatternRelation) {
    this.containsPattern = containsPattern
  }

  /** All changes in and below two schemas. */
  changes(
    [baseHolder, base]: HeldSchema,
    [headHolder, head]: HeldSchema,
    direction: Direction,
    notation: Notation = 'json',
  ): SchemaChange[] {
    const [before, after] = [partsOf(base), partsOf(head)]
    if (isCopy(before, after)) return []
    const holders: SchemaPair['holders'] = [baseHolder, headHolder]
    const start = { base: before, head: after, holders, direction, notation }
    return this.reached(this.add(start)).flatMap((node) => node.changes)
  }

  areSame = (base: Element | undefined, head: Element | undefined): boolean => {
    if (!base || !head) return base === head
    const [was, is] = [partsOf(base), partsOf(head)]
    return this.decisions.decide(`same ${keyOfParts(was)} ${keyOfParts(is)}`, () =>
      (['sent', 'received'] as const).every((direction) =>
        this.every(pairOf(was, is, direction, 'json'), ({ id }) => id === 'documentation-changed'),
      ),
    )
  }

  /** A property that is left out counts as lost, although an object may have any others. */
  contains(wide: Element[], narrow: Element[], direction: Direction, notation: Notation): boolean {
    const pair =
      direction === 'sent'
        ? pairOf(narrow, wide, direction, notation)
        : pairOf(wide, narrow, direction, notation)
    return this.decisions.decide(`contains ${keyOf(pair)}`, () =>
      this.every(pair, ({ id, client }) => client !== 'breaking' && id !== 'property-removed'),
    )
  }

  /** Whether all changes in and below two schemas are of a kind; ends at the first that is not. */
  private every(start: SchemaPair, isAllowed: (change: SchemaChange) => boolean): boolean {
    if (isCopy(start.base, start.head)) return true
    const seen = new Set<string>()
    const open = [start]
    for (const pair of open) {
      const key = keyOf(pair)
      if (seen.has(key)) continue
      seen.add(key)
      const { changes, below } = visited(pair, this)
      if (!changes.every(isAllowed)) return false
      open.push(...below)
    }
    return true
  }

  private add(start: SchemaPair): string {
    const open = [start]
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const key = keyOf(pair)
      if (this.nodes.has(key)) continue
      const visit = visited(pair, this)
      this.nodes.set(key, { changes: visit.changes, below: visit.below.map(keyOf) })
      open.push(...visit.below)
    }
    return keyOf(start)
  }

  private reached(start: string): Node[] {
    const keys = new Set([start])
    for (const key of keys) for (const below of this.nodes.get(key)?.below ?? []) keys.add(below)
    return [...keys].map((key) => this.nodes.get(key)!)
  }
}

function visited(pair: SchemaPair, relations: Relations): Visit {
  const visit = new Visit(pair, relations)
  if (compareAlternatives(visit) === 'judged') return visit
  if (compareValues(visit) === 'judged') return visit
  compareSubtypes(visit)
  compareProperties(visit)
  compareItems(visit)
  compareConditions(visit)
  return visit
}

/** Two schemas on their own; each has a part at least. */
const pairOf = (base: Element[], head: Element[], direction: Direction, notation: Notation): SchemaPair => ({
  base,
  head,
  holders: [base[0]!, head[0]!],
  direction,
  notation,
})

const keyOfParts = (parts: Element[]) => parts.map(({ pointer }) => pointer).join(' ')

/** The sides are named: schemas of one document may be compared with each other. */
function keyOf({ base, head, holders, direction, notation, isCovered }: SchemaPair): string {
  const sides = [base, head].map((parts, i) => {
    const [first] = parts
    const { side } = first ?? holders[i]!
    return `${side} ${first ? keyOfParts(parts) : holders[i]!.pointer}|${parts.length}`
  })
  return [direction, notation, isCovered ? 'covered' : '', ...sides].join('|')
}
