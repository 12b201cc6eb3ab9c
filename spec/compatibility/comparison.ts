import { type Change, worst } from './change.ts'
import type { Element } from './element.ts'
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
export type Pair = [base: Element | undefined, head: Element | undefined]

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
      verdict: worst(client, server),
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

/** The fields, and extensions, whose first value in each list differs. */
export function changedFields(base: Element[], head: Element[], fields: string[]): string[] {
  const extensions = [...base, ...head].flatMap(({ value }) =>
    typeof value === 'object' && value ? Object.keys(value).filter((key) => key.startsWith('x-')) : [],
  )
  const first = (elements: Element[], field: string) =>
    canonical(elements.find((element) => element.has(field))?.read(field))
  return [...new Set([...fields, ...extensions])].filter((field) => first(base, field) !== first(head, field))
}

/** JSON with keys in order, so that equal values have equal text. */
export const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

type Pairs = [key: string, base: Element | undefined, head: Element | undefined][]

/** Keys of either map with what stands there on each side; `name` says which keys are the same. */
export const pairs = (base: Element | undefined, head: Element | undefined, name?: (key: string) => string) =>
  paired(base?.entries(), head?.entries(), name)

/** As {@link pairs}, of objects that may be extended. */
export const fieldPairs: typeof pairs = (base, head, name) => paired(base?.fields(), head?.fields(), name)

function paired(
  base: [string, Element][] = [],
  head: [string, Element][] = [],
  name = (key: string) => key,
): Pairs {
  const [before, after] = [base, head].map(
    (children) => new Map(children.map(([key, child]) => [name(key), { key, child }])),
  ) as [Map<string, { key: string; child: Element }>, Map<string, { key: string; child: Element }>]
  return [...new Set([...before.keys(), ...after.keys()])].map((same) => [
    (after.get(same) ?? before.get(same))!.key,
    before.get(same)?.child,
    after.get(same)?.child,
  ])
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
