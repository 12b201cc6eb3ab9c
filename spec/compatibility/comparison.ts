import { type Change, type Verdict, worst } from './change.ts'
import type { Element } from './element.ts'
import { requestBodyRules, responseRules } from './rules/body.ts'
import { operationRules } from './rules/operation.ts'
import { parameterRules } from './rules/parameter.ts'
import type { Direction } from './rules/rule.ts'
import { securityRules } from './rules/security.ts'
import type { SchemaGraph } from './schema/graph.ts'
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
export type Finding = Change & { about: 'operations' | 'place' }

/** Collects the changes of one operation, or of the document where none is named. */
export class Comparison {
  readonly changes: Finding[] = []
  readonly schemas: SchemaGraph
  readonly operation: string | undefined

  constructor(schemas: SchemaGraph, operation?: string) {
    this.schemas = schemas
    this.operation = operation
  }

  report(id: RuleId, { pointer, side }: Element, facts?: Record<string, unknown>, subject?: string) {
    const [says, client, server] = rules[id]
    this.changes.push({
      id,
      place: pointer || '/',
      placeIn: side,
      operations: this.operation ? [this.operation] : [],
      message: subject ? `${subject} ${phrase(says, facts)}` : phrase(says, facts),
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
  schema([base, head]: [Element, Element], direction: Direction, key = 'schema', inXml = false) {
    const found = this.schemas.changes([base, base.get(key)], [head, head.get(key)], direction, inXml)
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

/** Keys of either object with what stands there on each side; `name` says which keys are the same. */
export function pairs(
  base: Element | undefined,
  head: Element | undefined,
  name = (key: string) => key,
): [key: string, base: Element | undefined, head: Element | undefined][] {
  const [before, after] = [base, head].map(
    (element) => new Map((element?.entries() ?? []).map(([key, child]) => [name(key), { key, child }])),
  ) as [Map<string, { key: string; child: Element }>, Map<string, { key: string; child: Element }>]
  return [...new Set([...before.keys(), ...after.keys()])].map((same) => [
    (after.get(same) ?? before.get(same))?.key as string,
    before.get(same)?.child,
    after.get(same)?.child,
  ])
}

/** In a callback the API's server is the one that calls: what strikes the called side strikes the client now. */
export function turned(change: Finding): Finding {
  if (change.client === 'breaking' && change.server === 'breaking') return change
  const client: Verdict = change.server === 'risky' ? 'breaking' : change.server
  const server: Verdict = change.client === 'breaking' ? 'risky' : change.client
  return { ...change, client, server, verdict: worst(client, server) }
}
