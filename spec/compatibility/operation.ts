import { Comparison, type DetectedChange } from './comparison.ts'
import type { Element } from './element.ts'
import { type Method, methods } from './methods.ts'
import type { OperationPair } from './operation-pair.ts'
import { fieldPairs, type Pair, pairs } from './pairing.ts'
import { compareParameters } from './parameters.ts'
import { compareRequestBody } from './request-body.ts'
import { compareResponses } from './responses.ts'
import type { SchemaGraph } from './schema/graph.ts'
import { compareSecurity } from './security.ts'
import { compareServersOfOperation } from './servers.ts'

/** Operation Object: OAS 3.0.3 §4.7.10. */
export function compareOperation(
  schemas: SchemaGraph,
  label: string,
  pair: OperationPair,
  isCallback = false,
): DetectedChange[] {
  const comparison = new Comparison(schemas, label, isCallback)
  const [base, head] = pair.operations
  compareName(comparison, base, head)
  comparison.documentation(pair.operations, ['tags', 'summary', 'description', 'externalDocs'])
  compareParameters(comparison, pair)
  compareRequestBody(comparison, base, head)
  compareResponses(comparison, [base.get('responses'), head.get('responses')])
  if (isCallback) return comparison.changes
  compareSecurity(comparison, base, head)
  compareServersOfOperation(comparison, pair)
  return [...comparison.changes, ...compareCallbacks(comparison, base, head)]
}

function compareName(comparison: Comparison, base: Element, head: Element) {
  const [from, to] = [base.read<string>('operationId'), head.read<string>('operationId')]
  if (from !== to)
    comparison.report('operation-id-changed', head.get('operationId') ?? head, {
      from: from ?? 'none',
      to: to ?? 'none',
    })
  const [was, is] = [base.read('deprecated') === true, head.read('deprecated') === true]
  if (was !== is) comparison.report(is ? 'operation-deprecated' : 'operation-restored', head)
}

/** Callback Object: §4.7.18. Each expression holds a path item that the server calls. */
function compareCallbacks(
  { schemas, operation = '' }: Comparison,
  base: Element,
  head: Element,
): DetectedChange[] {
  return pairs(base.get('callbacks'), head.get('callbacks')).flatMap(([name, before, after]) =>
    fieldPairs(before, after).flatMap(([, was, is]) =>
      compareCalls(new Comparison(schemas, operation), `${operation} callback ${name}`, name, [was, is]),
    ),
  )
}

/** The webhooks of an OpenAPI 3.1 document (OAS 3.1.1 §4.8.1.1): path items that the server calls. */
export function compareWebhooks(schemas: SchemaGraph, [base, head]: [Element, Element]): DetectedChange[] {
  return pairs(base.get('webhooks'), head.get('webhooks')).flatMap(([name, was, is]) =>
    compareCalls(new Comparison(schemas), `webhook ${name}`, name, [was, is]),
  )
}

function compareCalls(comparison: Comparison, label: string, name: string, items: Pair): DetectedChange[] {
  const kind = label.startsWith('webhook') ? 'webhook' : 'callback'
  return fieldPairs(...items).flatMap(([method, was, is]) => {
    if (!methods.includes(method as Method)) return []
    if (!was) comparison.report(`${kind}-added`, is!, { name })
    else if (!is) comparison.report(`${kind}-removed`, was, { name })
    else {
      const pair: OperationPair = { operations: [was, is], items: [items[0]!, items[1]!], paths: ['', ''] }
      return compareOperation(comparison.schemas, label, pair, true)
    }
    return comparison.changes.splice(0)
  })
}
