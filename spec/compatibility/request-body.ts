import { type Comparison, canonical, pairs } from './comparison.ts'
import type { Element } from './element.ts'

/** Request Body Object: OAS 3.0.3 §4.7.13. */
export function compareRequestBody(comparison: Comparison, base: Element, head: Element) {
  const [was, is] = [base.get('requestBody'), head.get('requestBody')]
  if (!was && is) {
    const required = is.read('required') === true
    comparison.report(required ? 'required-request-body-added' : 'request-body-added', is.mention)
  }
  if (was && !is) comparison.report('request-body-removed', was.mention)
  if (!was || !is) return
  const [before, after] = [was.read('required') === true, is.read('required') === true]
  if (!before && after) comparison.report('request-body-became-required', is)
  if (before && !after) comparison.report('request-body-became-optional', is)
  comparison.documentation([was, is], ['description'])
  compareContent(comparison, was, is, 'request')
}

/** Media Type Objects by name (§4.7.14), of a request or of the answer with the given status. */
export function compareContent(
  comparison: Comparison,
  base: Element,
  head: Element,
  kind: 'request' | 'response',
  status?: string,
) {
  const types = pairs(base.get('content'), head.get('content'), mediaTypeName)
  const gone = types.filter(([, was, is]) => was && !is)
  const come = types.filter(([, was, is]) => !was && is)
  if (types.length === 2 && gone[0]?.[1] && come[0]?.[2]) {
    const facts = { from: gone[0][0], to: come[0][0], status }
    comparison.report(`${kind}-media-type-changed`, come[0][2], facts)
    return
  }
  for (const [name, was, is] of types) {
    if (!was && is) comparison.report(`${kind}-media-type-added`, is, { name, status })
    if (was && !is) comparison.report(`${kind}-media-type-removed`, was, { name, status })
    if (!was || !is) continue
    comparison.documentation([was, is], ['example', 'examples'])
    comparison.schema([was, is], kind === 'request' ? 'sent' : 'received', 'schema', /\bxml$/i.test(name))
    if (kind === 'request') compareEncoding(comparison, was, is)
  }
}

/** Names are not case sensitive, and blanks around parameters do not matter (RFC 9110 §8.3.1). */
const mediaTypeName = (name: string) =>
  name
    .toLowerCase()
    .replace(/\s*;\s*/g, ';')
    .trim()

/** Encoding Object: §4.7.15. */
function compareEncoding(comparison: Comparison, base: Element, head: Element) {
  for (const [name, was, is] of pairs(base.get('encoding'), head.get('encoding'))) {
    if (canonical(was?.value) !== canonical(is?.value))
      comparison.report('encoding-changed', (is ?? was) as Element, { name })
  }
}
