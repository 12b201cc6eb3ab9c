import type { Comparison } from './comparison.ts'
import { compareContent } from './content.ts'
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
