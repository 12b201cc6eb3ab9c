import { type Change, worstImpact } from '../change.ts'
import type { Element } from '../element.ts'
import { type Direction, type Effect, effects } from '../rules/rule.ts'
import { schemaRules } from '../rules/schema.ts'
import { phrase, whereabouts } from '../wording.ts'
import { typesOfParts } from './parts.ts'

/** How a value is serialized. In text (parameters, headers, forms) a number is a string as well. */
export type Notation = 'json' | 'xml' | 'text'

/** Two states of a schema, each as its parts, for one direction. `holders` give the place where there is no schema. */
export interface SchemaPair {
  base: Element[]
  head: Element[]
  holders: [base: Element, head: Element]
  direction: Direction
  notation: Notation
  /** An alternative whose values another one allows in any case: what changed in it is told and breaks nobody. */
  isCovered?: true
}

/** How two schemas relate, without reporting what differs. */
export interface Relations {
  /** Whether two schemas accept the same values in both directions. */
  areSame(base: Element | undefined, head: Element | undefined): boolean
  /** Whether every value that fits the parts in `narrow` fits those in `wide` too, as messages of a direction. */
  contains(wide: Element[], narrow: Element[], direction: Direction, notation: Notation): boolean
  containsPattern: PatternRelation
}

/** Whether every text that matches the pattern `narrow` matches `wide` as well; undefined where that cannot be told. */
export type PatternRelation = (wide: string, narrow: string) => boolean | undefined

export type SchemaRuleId =
  | keyof typeof schemaRules
  | `${string}-${'added' | 'removed' | 'raised' | 'lowered'}`

/** `fact` is the message without where it stands: schemas that share a part share its changes. */
export type SchemaChange = Change & { fact: string }

/** Collects what changed in one pair of schemas, and which pairs below it have to be compared. */
export class Visit {
  readonly pair: SchemaPair
  readonly changes: SchemaChange[] = []
  readonly below: SchemaPair[] = []
  readonly areSame: Relations['areSame']
  readonly containsPattern: PatternRelation
  private readonly relations: Relations

  constructor(pair: SchemaPair, relations: Relations) {
    this.pair = pair
    this.relations = relations
    this.areSame = relations.areSame
    this.containsPattern = relations.containsPattern
  }

  /** Whether every value that fits the parts in `narrow` fits those in `wide` too. */
  contains(wide: Element[], narrow: Element[]): boolean {
    const { direction, notation } = this.pair
    return this.relations.contains(wide, narrow, direction, notation)
  }

  /** `effect` replaces the rule's own where other keywords decide. */
  report(
    id: SchemaRuleId,
    context: Record<string, unknown> = {},
    { at, effect }: { at?: Element | undefined; effect?: Effect | undefined } = {},
  ) {
    const { base, head, holders, direction, isCovered } = this.pair
    const [says, usual] = (schemaRules as Record<string, [string, Effect]>)[id]!
    const [client, server] = effects[isCovered ? 'annotated' : (effect ?? usual)][direction]
    const place = at ?? head[0] ?? (base[0] ? base[0] : holders[1])
    const where = whereabouts(head[0] ?? base[0] ?? holders[1])
    const isClear = usual === 'annotated' || / callback |^webhook /.test(where)
    const prefix = isClear ? '' : direction === 'sent' ? 'In requests, ' : 'In responses, '
    const fact = phrase(says, context)
    this.changes.push({
      id,
      place: place.pointer || '/',
      placeIn: place.side,
      operations: [],
      message: `${prefix}${where} ${fact}`,
      fact,
      client,
      server,
      verdict: worstImpact(client, server),
    })
  }

  compare(base: Element[], head: Element[], isCovered = this.pair.isCovered ?? false) {
    if (isCopy(base, head)) return
    // An object within a text has no plain form of its own: forms write it as JSON (§4.7.14.4).
    const isText = this.pair.notation === 'text' && !typesOfParts(head)?.includes('object')
    const notation = this.pair.notation === 'xml' ? 'xml' : isText ? 'text' : 'json'
    const holders: SchemaPair['holders'] = [this.holder('base'), this.holder('head')]
    this.below.push({ ...this.pair, base, head, holders, notation, ...(isCovered && { isCovered }) })
  }

  private holder(side: 'base' | 'head'): Element {
    return this.pair[side][0] ?? this.pair.holders[side === 'base' ? 0 : 1]
  }
}

/** Textually equal and without what leads elsewhere, to a difference maybe: a shortcut for large contracts. */
export function isCopy(base: Element[], head: Element[]): boolean {
  const isSame = (was: Element, is: Element | undefined) => {
    const text = JSON.stringify(was.value)
    return !/"(\$ref|discriminator)"/.test(text) && text === JSON.stringify(is?.value)
  }
  return base.length === head.length && base.every((part, i) => isSame(part, head[i]))
}
