import type { Element } from '../element.ts'
import type { Direction } from '../rules/rule.ts'
import { compareAlternatives } from './alternatives.ts'
import { compareConditions } from './conditions.ts'
import { compareItems } from './items.ts'
import { partsOf } from './parts.ts'
import { compareProperties } from './properties.ts'
import { compareSubtypes } from './subtypes.ts'
import { compareValues } from './values.ts'
import { isCopy, type Notation, type SchemaChange, type SchemaPair, Visit } from './visit.ts'

interface Node {
  changes: SchemaChange[]
  below: string[]
}

/** Compares each pair of schemas once, however often it is referenced, also in cycles. */
export class SchemaGraph {
  private readonly nodes = new Map<string, Node>()
  private readonly sameness: Map<string, boolean>

  constructor(sameness = new Map<string, boolean>()) {
    this.sameness = sameness
  }

  /** All changes in and below two schemas; the first of each list is the element that holds the schema. */
  changes(
    [baseHolder, base]: [Element, Element | undefined],
    [headHolder, head]: [Element, Element | undefined],
    direction: Direction,
    notation: Notation = 'json',
  ): SchemaChange[] {
    const [before, after] = [partsOf(base), partsOf(head)]
    if (isCopy(before, after)) return []
    const holders: SchemaPair['holders'] = [baseHolder, headHolder]
    const start = { base: before, head: after, holders, direction, notation }
    return this.reached(this.add(start)).flatMap((node) => node.changes)
  }

  /** Whether two schemas accept the same values in both directions. A cycle is equal unless something in it differs. */
  areSame = (base: Element | undefined, head: Element | undefined): boolean => {
    if (!base || !head) return base === head
    const key = `${base.pointer} ${head.pointer}`
    const known = this.sameness.get(key)
    if (known !== undefined) return known
    this.sameness.set(key, true)
    const fresh = new SchemaGraph(this.sameness)
    const same = (['sent', 'received'] as const).every((direction) =>
      fresh.changes([base, base], [head, head], direction).every(({ id }) => id === 'documentation-changed'),
    )
    this.sameness.set(key, same)
    return same
  }

  private add(start: SchemaPair): string {
    const open = [start]
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const key = keyOf(pair)
      if (this.nodes.has(key)) continue
      const visit = visited(pair, this.areSame)
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

function visited(pair: SchemaPair, areSame: Visit['areSame']): Visit {
  const visit = new Visit(pair, areSame)
  if (compareAlternatives(visit) === 'judged') return visit
  if (compareValues(visit) === 'judged') return visit
  compareSubtypes(visit)
  compareProperties(visit)
  compareItems(visit)
  compareConditions(visit)
  return visit
}

function keyOf({ base, head, holders, direction, notation }: SchemaPair): string {
  const pointers = (parts: Element[], holder: Element) =>
    (parts.length > 0 ? parts : [holder]).map(({ pointer }) => pointer).join(' ')
  return [
    direction,
    notation,
    pointers(base, holders[0]),
    base.length,
    pointers(head, holders[1]),
    head.length,
  ].join('|')
}
