import { type Change, worstImpact } from './change.ts'
import type { Element } from './element.ts'
import { changedFields } from './equality.ts'
import type { Pair } from './pairing.ts'
import { requestBodyRules, responseRules } from './rules/body.ts'
import { operationRules } from './rules/operation.ts'
import { parameterRules } from './rules/parameter.ts'
import type { Direction, Rule } from './rules/rule.ts'
import { securityRules } from './rules/security.ts'
import type { SchemaGraph } from './schema/graph.ts'
import type { Notation } from './schema/visit.ts'
import { phrase, whereabouts } from './wording.ts'

const rules = {
  ...operationRules,
  ...parameterRules,
  ...requestBodyRules,
  ...responseRules,
  ...securityRules,
}
export type RuleId = keyof typeof rules

/** A change; where it is about operations, the message still lacks them as its subject. */
export type DetectedChange = Change & { about: 'operations' | 'place' }

/**
 * Collects the changes of one operation, or of the document where none is named. In a callback the API's server is
 * the one that calls, so that what strikes the called side strikes the client.
 */
export class Comparison {
  readonly changes: DetectedChange[] = []
  readonly schemas: SchemaGraph
  readonly operation: string | undefined
  private readonly isCallback: boolean

  constructor(schemas: SchemaGraph, operation?: string, isCallback = false) {
    this.schemas = schemas
    this.operation = operation
    this.isCallback = isCallback
  }

  report(id: RuleId, { pointer, side }: Element, context?: Record<string, unknown>, subject?: string) {
    const [says, client, server] = this.isCallback ? turned(id) : rules[id]
    this.changes.push({
      id,
      place: pointer || '/',
      placeIn: side,
      operations: this.operation ? [this.operation] : [],
      message: subject ? `${subject} ${phrase(says, context)}` : phrase(says, context),
      client,
      server,
      verdict: worstImpact(client, server),
      about: subject ? 'place' : 'operations',
    })
  }

  /** Reports what reads differently and promises nothing: these fields and all extensions. */
  documentation([base, head]: Pair, fields: string[]) {
    if (!base || !head) return
    for (const field of changedFields([base], [head], fields))
      this.report('documentation-changed', head.leaf(field) ?? head, { field }, whereabouts(head))
  }

  /** Judges the schemas of one message or parameter, `holder` being the element that has or lacks them. */
  schema([base, head]: [Element, Element], towards: Direction, notation: Notation) {
    const direction = this.isCallback ? opposite[towards] : towards
    const found = this.schemas.changes(
      [base, base.get('schema')],
      [head, head.get('schema')],
      direction,
      notation,
    )
    const operations = this.operation ? [this.operation] : []
    this.changes.push(...found.map((change) => ({ ...change, operations, about: 'place' as const })))
  }
}

const opposite: Record<Direction, Direction> = { sent: 'received', received: 'sent' }

/** What is no longer sent is missed by the client, whether it did the sending or waits for it. */
const missed: RuleId[] = ['parameter-removed', 'request-body-removed']

/** A rule with the roles the other way round. */
function turned(id: RuleId): Rule {
  const rule: Rule = rules[id]
  const [says, client, server] = rule
  if ((client === 'breaking' && server === 'breaking') || missed.includes(id)) return rule
  return [says, server === 'risky' ? 'breaking' : server, client === 'breaking' ? 'risky' : client]
}
