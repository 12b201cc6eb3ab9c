import type { Comparison } from './comparison.ts'
import { compareContent } from './content.ts'
import type { Element } from './element.ts'
import { canonical } from './equality.ts'
import { fieldPairs, type Pair, pairs } from './pairing.ts'
import { parameterIn, serialization } from './parameter.ts'
import { compareValueOf } from './parameters.ts'

/** Responses Object: OAS 3.0.3 §4.7.16. A status is described by its own entry, its range, or `default`. */
export function compareResponses(comparison: Comparison, [base, head]: Pair) {
  if (!base || !head) return
  for (const [status, was, is] of fieldPairs(base, head, (status) => status.toUpperCase())) {
    const before = was ?? covering(base, status)
    const after = is ?? covering(head, status)
    if (before && after) compareResponse(comparison, status, before, after)
    else if (is)
      comparison.report(
        isRange(status) ? 'response-range-added' : 'response-added',
        is.mention,
        context(status),
      )
    else if (was) comparison.report(removal(status, head), was.mention, context(status))
  }
}

const isRange = (status: string) => !/^\d{3}$/.test(status)
const context = (status: string) => ({
  name: status.toLowerCase() === 'default' ? 'status that it does not name' : status,
})
const covering = (responses: Element, status: string) =>
  status.toLowerCase() === 'default'
    ? undefined
    : (responses.get(`${status[0]}XX`) ?? responses.get(`${status[0]}xx`) ?? responses.get('default'))

/** A range that is replaced by single statuses of it is narrowed, not removed. */
function removal(status: string, head: Element) {
  const remains = isRange(status) && head.fields().some(([other]) => other[0] === status[0])
  if (/^2/.test(status) && !remains) return 'response-removed'
  return isRange(status) ? 'response-range-removed' : 'error-response-removed'
}

/** Response Object: §4.7.17. */
function compareResponse(comparison: Comparison, status: string, base: Element, head: Element) {
  comparison.documentation([base, head], ['description'])
  compareHeaders(comparison, status, base, head)
  compareLinks(comparison, status, base, head)
  const [had, has] = [base, head].map((response) => (response.get('content')?.entries().length ?? 0) > 0)
  if (had && !has) comparison.report('response-body-removed', head, { status })
  else if (!had && has) comparison.report('response-body-added', head, { status })
  else compareContent(comparison, base, head, 'response', status)
}

/** Header Object: §4.7.21. `Content-Type` is described by the media type and ignored here (§4.7.17.1). */
function compareHeaders(comparison: Comparison, status: string, base: Element, head: Element) {
  const headers = pairs(base.get('headers'), head.get('headers'), (name) => name.toLowerCase())
  for (const [name, was, is] of headers) {
    if (name.toLowerCase() === 'content-type') continue
    const [before, after] = [was?.read('required') === true, is?.read('required') === true]
    const report = (id: Parameters<Comparison['report']>[0]) =>
      comparison.report(id, (is && was ? is : (is ?? was)?.mention)!, { name, status })
    if (!was) report(after ? 'required-response-header-added' : 'response-header-added')
    else if (!is) report(before ? 'required-response-header-removed' : 'response-header-removed')
    else {
      if (!before && after) report('response-header-became-required')
      if (before && !after) report('response-header-became-optional')
      compareHeader(comparison, name, status, was, is)
    }
  }
}

function compareHeader(comparison: Comparison, name: string, status: string, base: Element, head: Element) {
  comparison.documentation([base, head], ['description', 'example', 'examples', 'deprecated'])
  const [was, is] = [base, head].map((element) => ({ ...parameterIn(element), name, in: 'header' }))
  const [from, to] = [serialization(was!), serialization(is!)]
  if (from !== to)
    comparison.report('response-header-serialization-changed', head, { name, status, from, to })
  else compareValueOf(comparison, was!, is!, 'received')
}

/** Link Object: §4.7.20. */
function compareLinks(comparison: Comparison, status: string, base: Element, head: Element) {
  for (const [name, was, is] of pairs(base.get('links'), head.get('links'))) {
    if (!was && is) comparison.report('link-added', is.mention, { name, status })
    else if (was && !is) comparison.report('link-removed', was.mention, { name, status })
    else if (is && canonical(was?.value) !== canonical(is.value))
      comparison.report('link-changed', is, { name, status })
  }
}
