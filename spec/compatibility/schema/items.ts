import type { Element } from '../element.ts'
import { childrenOf, containedIn, valuesOf } from './parts.ts'
import type { Visit } from './visit.ts'

/** Items of lists: OAS 3.0.3 §4.7.24.1, JSON Schema 2020-12 §10.3.1. */
export function compareItems(visit: Visit) {
  const { base, head } = visit.pair
  const firsts = Math.max(positionsIn(base), positionsIn(head))
  for (let position = 0; position < firsts; position++)
    visit.compare(itemsAt(base, position), itemsAt(head, position))
  const [before, after] = [childrenOf(base, 'items'), childrenOf(head, 'items')]
  if (before.length > 0 || after.length > 0) visit.compare(before, after)
  compareContained(visit)
}

const positionsIn = (parts: Element[]) =>
  Math.max(0, ...valuesOf<unknown[]>(parts, 'prefixItems').map((schemas) => schemas.length))

/** The schemas of one position: of its own or of all other items. */
const itemsAt = (parts: Element[], position: number): Element[] =>
  parts.flatMap((part) => {
    const own = childrenOf([part], 'prefixItems', position)
    return own.length > 0 ? own : childrenOf([part], 'items')
  })

/** `contains`, one item at least that fits: JSON Schema 2020-12 §10.3.1.3. */
function compareContained(visit: Visit) {
  const [was, is] = [visit.pair.base, visit.pair.head].map(containedIn)
  if (was!.length > 0 && is!.length > 0) visit.compare(was!, is!)
  else if (is!.length > 0) visit.report('condition-added', { keyword: 'contains' }, { at: is![0]?.mention })
  else if (was!.length > 0)
    visit.report('condition-removed', { keyword: 'contains' }, { at: was![0]?.mention })
}
