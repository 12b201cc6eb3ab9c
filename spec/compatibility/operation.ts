import { Comparison, type DetectedChange } from './comparison.ts'
import type { Element } from './element.ts'
import type { OperationPair } from './operation-pair.ts'
import { fieldPairs, pairs } from './pairing.ts'
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
  return callbacks(base, head).flatMap(({ name, was, is }) => {
    const comparison = new Comparison(schemas, operation)
    if (!was && is) comparison.report('callback-added', is.call, { name })
    if (was && !is) comparison.report('callback-removed', was.call, { name })
    if (!was || !is) return comparison.changes
    const pair: OperationPair = {
      operations: [was.call, is.call],
      items: [was.item, is.item],
      paths: ['', ''],
    }
    return compareOperation(schemas, `${operation} callback ${name}`, pair, true)
  })
}

interface Call {
  item: Element
  call: Element
}

function callbacks(base: Element, head: Element): { name: string; was?: Call; is?: Call }[] {
  return pairs(base.get('callbacks'), head.get('callbacks')).flatMap(([name, before, after]) =>
    fieldPairs(before, after).flatMap(([, was, is]) =>
      fieldPairs(was, is).flatMap(([method, from, to]) =>
        ['parameters', 'servers', 'summary', 'description'].includes(method)
          ? []
          : [
              {
                name,
                ...(was && from && { was: { item: was, call: from } }),
                ...(is && to && { is: { item: is, call: to } }),
              },
            ],
      ),
    ),
  )
}
