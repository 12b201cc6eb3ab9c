import type { Comparison } from './comparison.ts'
import type { Element } from './element.ts'
import { canonical } from './equality.ts'
import { fieldPairs } from './pairing.ts'

/** Security Scheme Object: OAS 3.0.3 §4.7.27. Schemes that both documents use, under any name. */
export function compareSchemes(comparison: Comparison, [base, head]: [Element, Element]) {
  const [before, after] = [usedSchemes(base), usedSchemes(head)]
  for (const [name, was] of base.get('components', 'securitySchemes')?.entries() ?? []) {
    const now = nameInHead(name, base, head)
    const is = head.get('components', 'securitySchemes', now)
    if (!is || !before.has(name) || !after.has(now)) continue
    const [from, to] = [credential(was), credential(is)]
    if (from !== to) comparison.report('security-scheme-changed', is, { name, from, to })
    else {
      comparison.documentation([was, is], ['description', 'bearerFormat'])
      compareFlows(comparison, name, was, is)
    }
  }
}

/** OAuth Flow Object: §4.7.29. */
function compareFlows(comparison: Comparison, name: string, base: Element, head: Element) {
  for (const [flow, was, is] of fieldPairs(base.get('flows'), head.get('flows'))) {
    if (!was && is) comparison.report('security-flow-added', is, { name, flow })
    if (was && !is) comparison.report('security-flow-removed', was, { name, flow })
    if (!was || !is) continue
    comparison.documentation([was, is], ['scopes'])
    for (const field of ['authorizationUrl', 'tokenUrl', 'refreshUrl']) {
      const [from, to] = [was.read(field), is.read(field)]
      if (from !== to)
        comparison.report('security-flow-changed', is.get(field) ?? is, { name, field, from, to })
    }
  }
}

/** The credential that a scheme has clients send. */
function credential(scheme: Element): string {
  const read = (key: string) => scheme.read<string>(key) ?? ''
  switch (read('type')) {
    case 'http':
      return `HTTP ${read('scheme').toLowerCase()}`
    case 'apiKey':
      return `the ${read('in')} ${read('in') === 'header' ? read('name').toLowerCase() : read('name')}`
    case 'openIdConnect':
      return `OpenID Connect ${read('openIdConnectUrl')}`
    default:
      return 'OAuth 2'
  }
}

function usedSchemes(document: Element): Set<string> {
  const lists = (document.get('paths')?.fields() ?? []).flatMap(([, item]) =>
    item.fields().flatMap(([, operation]) => (operation.has('responses') ? requirements(operation) : [])),
  )
  return new Set(lists.flatMap((requirement) => Object.keys(requirement)))
}

type Requirement = Record<string, string[]>

/** The alternatives that apply to an operation (§4.7.10.1); `{}` requires no credential. */
function requirements(operation: Element): Requirement[] {
  const list = operation.get('security') ?? operation.at('#/security')
  const found = (list?.value ?? []) as Requirement[]
  return found.length > 0 ? found : [{}]
}

/** Security Requirement Object: §4.7.30. A request must satisfy one of the list, and all schemes of that one. */
export function compareSecurity(comparison: Comparison, base: Element, head: Element) {
  const place = head.get('security') ?? head.at('#/security') ?? head
  const [before, after] = [base, head].map((operation) =>
    requirements(operation).map((requirement) => renamed(requirement, operation, head)),
  ) as [Requirement[], Requirement[]]
  const context = { from: inWords(before), to: inWords(after) }
  const [wasOpen, isOpen] = [before, after].map((list) => list.some(isEmpty))
  if (wasOpen && !isOpen) return comparison.report('security-required', place, context)
  if (!wasOpen && isOpen) return comparison.report('security-lifted', place, context)
  const gone = before.filter((was) => !after.some((is) => isMetBy(is, was)))
  const come = after.filter((is) => !before.some((was) => isMetBy(was, is)))
  const isKept = (is: Requirement) => before.some((was) => isMetBy(is, was) && isMetBy(was, is))
  const loosened = after.filter((is) => !isKept(is) && before.some((was) => isMetBy(is, was)))
  if (gone.length > 0 && gone.length === before.length) {
    const tightened = gone.every((was) => after.some((is) => isMetBy(was, is)))
    return comparison.report(tightened ? 'security-tightened' : 'security-changed', place, context)
  }
  for (const was of gone) comparison.report('security-alternative-removed', place, { from: inWords([was]) })
  if (loosened.length > 0) comparison.report('security-loosened', place, context)
  for (const is of come.filter((is) => !loosened.includes(is)))
    comparison.report('security-alternative-added', place, { to: inWords([is]) })
}

const isEmpty = (requirement: Requirement) => Object.keys(requirement).length === 0

/** Whether the credentials and scopes in `held` satisfy `wanted`. */
const isMetBy = (wanted: Requirement, held: Requirement) =>
  Object.entries(wanted).every(([name, scopes]) => {
    const granted = held[name]
    return granted !== undefined && scopes.every((scope) => granted.includes(scope))
  })

/** With the head's names of the schemes: renaming one changes no request. */
const renamed = (requirement: Requirement, document: Element, head: Element): Requirement =>
  Object.fromEntries(
    Object.entries(requirement).map(([name, scopes]) => [nameInHead(name, document, head), scopes]),
  )

/** The name of the head's first scheme with the same credential; the scheme's own name where there is none. */
function nameInHead(name: string, document: Element, head: Element): string {
  const [schemes, now] = [document, head].map((element) => element.at('#/components/securitySchemes'))
  const was = schemes?.get(name)
  return (was && now?.entries().find(([, is]) => identity(is) === identity(was))?.[0]) ?? name
}

/** Equal for schemes that accept the same credential. */
const identity = (scheme: Element) => `${credential(scheme)} ${canonical(scheme.read('flows'))}`

const inWords = (list: Requirement[]) =>
  list
    .map((requirement) =>
      Object.entries(requirement)
        .map(([name, scopes]) => (scopes.length > 0 ? `${name} (${scopes.join(', ')})` : name))
        .join(' and '),
    )
    .map((words) => words || 'no credentials')
    .join(' or ')
