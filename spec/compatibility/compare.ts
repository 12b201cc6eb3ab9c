import { normalForm } from '../normal-form.ts'
import { withoutParameterNames } from '../operation.ts'
import { isObject } from '../pointer.ts'
import { everyObject } from '../structure.ts'
import { type Change, impacts } from './change.ts'
import { Comparison, type DetectedChange } from './comparison.ts'
import { Element } from './element.ts'
import { methods } from './methods.ts'
import { compareOperation, compareWebhooks } from './operation.ts'
import type { OperationPair } from './operation-pair.ts'
import { type Addressing, movedPrefix, type Prefixes } from './path-prefix.ts'
import { SchemaGraph } from './schema/graph.ts'
import type { PatternRelation } from './schema/visit.ts'
import { compareSchemes } from './security.ts'
import { compareServers, serversOf } from './servers.ts'

interface Placed {
  label: string
  path: string
  item: Element
  operation: Element
}

/**
 * Every change between two valid documents of OpenAPI 3.0 or 3.1 (references unresolved) that affects an operation or
 * webhook. Unused components and equivalent notations are no changes. Breaking changes come first, harmless ones last.
 */
export async function compareContracts(base: object, head: object): Promise<Change[]> {
  const documents: [Element, Element] = [
    new Element(normalForm(base), 'base'),
    new Element(normalForm(head), 'head'),
  ]
  const schemas = new SchemaGraph(await patternRelation(documents))
  const whole = new Comparison(schemas)
  whole.documentation(documents, ['tags', 'externalDocs'])
  whole.documentation(
    [documents[0].get('info'), documents[1].get('info')],
    ['title', 'summary', 'description', 'version', 'termsOfService', 'contact', 'license'],
  )
  const prefixes = movedPrefix(addressingOf(documents[0]), addressingOf(documents[1]))
  comparePrefixes(whole, documents[1], prefixes)
  compareServers(whole, documents, prefixes)
  compareSchemes(whole, documents)
  return merged([
    ...whole.changes,
    ...compareOperations(schemas, documents, prefixes),
    ...compareWebhooks(schemas, documents),
  ])
}

/** Loads the automata only where patterns differ. */
async function patternRelation([base, head]: [Element, Element]): Promise<PatternRelation> {
  const patternsIn = ({ value }: Element) => [
    ...new Set(everyObject(value as object).flatMap(({ value: schema }) => patternOf(schema))),
  ]
  const [before, after] = [patternsIn(base), patternsIn(head)]
  const isChanged = before.length !== after.length || before.some((pattern) => !after.includes(pattern))
  return isChanged ? (await import('./pattern-language.ts')).containsLanguage : () => undefined
}

const patternOf = (schema: unknown) =>
  isObject(schema) && typeof schema.pattern === 'string' ? [schema.pattern] : []

const addressingOf = (document: Element): Addressing => ({
  servers: [...serversOf(document.get('servers')).keys()],
  paths:
    document
      .get('paths')
      ?.fields()
      .map(([path]) => path) ?? [],
})

function comparePrefixes(whole: Comparison, head: Element, prefixes: Prefixes) {
  const prefix = prefixes.base || prefixes.head
  if (!prefix) return
  const places = ['its paths', 'the addresses of its servers']
  const [from, to] = prefixes.base ? places.toReversed() : places
  whole.report('path-prefix-moved', head.get('paths') ?? head, { prefix, from, to })
}

function compareOperations(
  schemas: SchemaGraph,
  [base, head]: [Element, Element],
  prefixes: Prefixes,
): DetectedChange[] {
  const [before, after] = [operationsOf(base, prefixes.base), operationsOf(head, prefixes.head)]
  const gone = [...before].filter(([address]) => !after.has(address)).map(([, placed]) => placed)
  const come = [...after].filter(([address]) => !before.has(address)).map(([, placed]) => placed)
  const moved = gone.flatMap((base) => {
    const id = base.operation.read('operationId')
    const head = come.find(({ operation }) => id !== undefined && operation.read('operationId') === id)
    return head ? [{ base, head }] : []
  })
  const stayed = [...before].flatMap(([address, base]) => {
    const head = after.get(address)
    return head ? [{ base, head }] : []
  })
  return [
    ...moved.flatMap(({ base, head }) => movedOperation(schemas, base, head)),
    ...gone
      .filter((base) => !moved.some((move) => move.base === base))
      .flatMap(({ label, operation }) => {
        const deprecated = operation.read('deprecated') === true ? ', as was announced' : ''
        return alone(schemas, label, 'operation-removed', operation, { deprecated })
      }),
    ...come
      .filter((head) => !moved.some((move) => move.head === head))
      .flatMap(({ label, operation }) => alone(schemas, label, 'operation-added', operation)),
    ...stayed.flatMap(({ base, head }) => compareOperation(schemas, head.label, pairOf(base, head))),
  ]
}

function movedOperation(schemas: SchemaGraph, base: Placed, head: Placed): DetectedChange[] {
  return [
    ...alone(schemas, base.label, 'operation-moved', head.operation, { to: head.label }),
    ...compareOperation(schemas, head.label, pairOf(base, head)),
  ]
}

function alone(
  schemas: SchemaGraph,
  label: string,
  id: 'operation-added' | 'operation-removed' | 'operation-moved',
  place: Element,
  context?: Record<string, unknown>,
): DetectedChange[] {
  const comparison = new Comparison(schemas, label)
  comparison.report(id, place, context)
  return comparison.changes
}

const pairOf = (base: Placed, head: Placed): OperationPair => ({
  operations: [base.operation, head.operation],
  items: [base.item, head.item],
  paths: [base.path, head.path],
})

/** By method and path below a prefix; names of path parameters do not matter (OAS 3.0.3 §4.7.8.1). */
function operationsOf(document: Element, prefix: string): Map<string, Placed> {
  const found = new Map<string, Placed>()
  for (const [path, item] of document.get('paths')?.fields() ?? []) {
    for (const method of methods) {
      const operation = item.get(method)
      if (!operation) continue
      const label = `${method.toUpperCase()} ${path}`
      found.set(withoutParameterNames(`${method} ${prefix}${path}`), { label, path, item, operation })
    }
  }
  return found
}

/** Joins equal changes that were found in several operations. */
function merged(changes: DetectedChange[]): Change[] {
  const found = new Map<string, DetectedChange>()
  for (const change of changes) {
    const key = [change.id, change.placeIn, change.place, change.client, change.fact].join('\n')
    const known = found.get(key)
    const operations = [...new Set([...(known?.operations ?? []), ...change.operations])]
    found.set(key, { ...(known ?? change), operations })
  }
  return [...found.values()]
    .map(({ about, fact: _, ...change }) =>
      about === 'place' ? change : { ...change, message: `${subject(change.operations)} ${change.message}` },
    )
    .sort((a, b) => impacts.indexOf(a.verdict) - impacts.indexOf(b.verdict))
}

function subject([first, ...others]: string[]): string {
  if (!first) return 'The API'
  return others.length > 0 ? `${first} (and ${others.length} more)` : first
}
