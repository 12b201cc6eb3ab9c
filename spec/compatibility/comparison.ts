import { type Change, worstImpact } from './change.ts'
import type { Element } from './element.ts'
import { changedFields } from './equality.ts'
import type { Pair } from './pairing.ts'
import { requestBodyRules, responseRules } from './rules/body.ts'
import { operationRules } from './rules/operation.ts'
import { parameterRules } from './rules/parameter.ts'
import type { Direction, Rule } from './rules/rule.ts'
import { securityRules } from './rules/security.ts'
import type { HeldSchema, SchemaGraph } from './schema/graph.ts'
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

/** A change. Where it is about operations, the message does not name them yet. */
export type DetectedChange = Change & { about: 'operations' | 'place'; fact: string }

/**
 * Collects the changes of one operation, or of the document where no operation is given. In a callback the API's
 * server sends the requests, so that impacts on client and server are exchanged.
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
    const fact = phrase(says, context)
    this.changes.push({
      id,
      place: pointer || '/',
      placeIn: side,
      operations: this.operation ? [this.operation] : [],
      message: subject ? `${subject} ${fact}` : fact,
      fact,
      client,
      server,
      verdict: worstImpact(client, server),
      about: subject ? 'place' : 'operations',
    })
  }

  /** Reports changes without a meaning for clients or servers: in these fields and all extensions. */
  documentation([base, head]: Pair, fields: string[]) {
    if (!base || !head) return
    for (const field of changedFields([base], [head], fields))
      this.report('documentation-changed', head.leaf(field) ?? head, { field }, whereabouts(head))
  }

  /** Compares the schemas of two media types, parameters or headers. */
  schema(base: HeldSchema, head: HeldSchema, towards: Direction, notation: Notation) {
    const direction = this.isCallback ? opposite[towards] : towards
    const found = this.schemas.changes(base, head, direction, notation)
    const operations = this.operation ? [this.operation] : []
    this.changes.push(...found.map((change) => ({ ...change, operations, about: 'place' as const })))
  }
}

const opposite: Record<Direction, Direction> = { sent: 'received', received: 'sent' }

/** Rules that strike the client in callbacks as well: it misses what the server no longer sends. */
const unturned: RuleId[] = ['parameter-removed', 'request-body-removed']

/** A rule with the roles of client and server exchanged. */
function turned(id: RuleId): Rule {
  const rule: Rule = rules[id]
  const [says, client, server] = rule
  if ((client === 'breaking' && server === 'breaking') || unturned.includes(id)) return rule
  return [says, server === 'risky' ? 'breaking' : server, client === 'breaking' ? 'risky' : client]
}
