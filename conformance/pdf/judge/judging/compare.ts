import type { Organization } from '../../../../fixtures/organization.ts'
import { mostPictures } from '../../limits.ts'
import type { Expectation, ExpectedFigures, Role } from '../reading/expectation.ts'
import type { Passage } from '../reading/passages.ts'
import type { Value } from '../reading/values.ts'
import { inherited } from '../vocabulary/vocabulary.ts'
import { type Finding, type Place, placeOf, placeOfValue } from './finding.ts'

export const paths: Record<Role, string> = {
  direct: 'usage.usage',
  subtree: 'usage.subtree_usage',
  limit: 'limits',
}

export interface Comparison {
  findings: Finding[]
  confirmed: Place[]
}

/** Holds every organization's figures against what the passages about it say. */
export function compare(
  passages: Passage[],
  facts: ExpectedFigures,
  usage: Expectation['usage'],
): Comparison {
  const byOrganization = Map.groupBy(passages, ({ organization }) => organization)
  const result: Comparison = { findings: [], confirmed: [] }
  for (const [at, organization] of facts.organizations.entries()) {
    const about = byOrganization.get(at)
    if (!about) {
      result.findings.push({
        kind: 'missing-organization',
        organization: organization.id,
        name: organization.name,
        message: `${organization.name} is not in the report`,
      })
      continue
    }
    for (const { anchor } of about) confirm(result, anchor.layer.page, () => placeOf(anchor))
    for (const type of facts.types) checkType(result, about, organization, at, type, facts, usage ?? 'either')
    repeats(result, about, organization)
  }
  return result
}

/** Notes what is as it should be, where a picture may show it: a large report has hundreds of thousands of figures. */
function confirm({ confirmed }: Comparison, page: number, place: () => Place): void {
  if (page <= mostPictures) confirmed.push(place())
}

interface Shown {
  right: Value[]
  wrong: Value[]
  /** Words or dashes where a number was expected. */
  empty: Value[]
}

function shown(about: Passage[], type: string, role: Role, fits: (value: Value) => boolean | null): Shown {
  const found: Shown = { right: [], wrong: [], empty: [] }
  for (const passage of about)
    for (const { value, assigned, carried } of passage.values) {
      if (assigned.type !== type || assigned.role !== role) continue
      const fit = fits(value)
      if (fit === true) found.right.push(value)
      else if (carried) continue
      else if (fit === false) found.wrong.push(value)
      else found.empty.push(value)
    }
  return found
}

function checkType(
  result: Comparison,
  about: Passage[],
  organization: Organization,
  at: number,
  type: string,
  facts: ExpectedFigures,
  usage: 'direct' | 'subtree' | 'either',
): void {
  const blame = (
    kind: Finding['kind'],
    role: Role,
    expected: string,
    value: Value | undefined,
    says: string,
  ) => {
    const field = `${paths[role]}.${type}`
    const place = value ? placeOfValue(value) : placeOf(about[0]!.anchor)
    // Numbers as numbers, whatever their format; the message says what stands there.
    const found = value?.kind === 'number' ? String(value.value) : value?.text
    result.findings.push({
      kind,
      organization: organization.id,
      name: organization.name,
      field,
      expected,
      ...(found === undefined ? {} : { found }),
      message: `${organization.name}: ${says} (page ${place.page})`,
      ...place,
    })
  }
  const accept = (values: Value[]) => {
    for (const value of values) confirm(result, value.line.layer.page, () => placeOfValue(value))
  }

  const roles = (usage === 'either' ? ['direct', 'subtree'] : [usage]) as ('direct' | 'subtree')[]
  const needed = roles.filter((role) => facts.expected(at, type, role) !== 0)
  const usages = (['direct', 'subtree'] as const).map((role) => {
    const expected = facts.expected(at, type, role)!
    return { role, expected, ...shown(about, type, role, (value) => fitsUsage(value, expected)) }
  })
  let answered = false
  let blamed = false
  for (const { role, expected, right, wrong } of usages) {
    accept(right)
    if (right.length > 0 && roles.includes(role)) answered = true
    const [value] = wrong
    if (value && right.length === 0) {
      blamed = true
      blame(
        'wrong-usage',
        role,
        String(expected),
        value,
        `${type} usage${role === 'subtree' ? ' with all below' : ''} is ${expected} in the data, the report shows ${value.text}`,
      )
    }
  }
  if (!answered && !blamed && needed.length > 0) {
    const role =
      usages.find(({ role, empty }) => empty.length > 0 && needed.includes(role))?.role ?? needed.at(-1)!
    const expected = facts.expected(at, type, role)!
    const value = usages.find((each) => each.role === role)!.empty[0]
    // Where the report shows only figures that are 0 here, a blank says so.
    const hasPlace = roles.some((each) => isColumn(about, type, each))
    if (!hasPlace || needed.some((each) => isColumn(about, type, each)))
      blame(
        'missing-usage',
        role,
        String(expected),
        value,
        `${type} usage is ${expected} in the data, the report shows ${value ? value.text : 'nothing'}`,
      )
  }

  const limit = facts.expected(at, type, 'limit')
  const limits = shown(about, type, 'limit', (value) => fitsLimit(value, limit))
  accept(limits.right)
  const [value] = limits.wrong
  if (value && limits.right.length === 0) {
    const says = limit === null ? 'no limit of its own' : String(limit)
    blame(
      'wrong-limit',
      'limit',
      limit === null ? 'none' : String(limit),
      value,
      `${type} limit is ${says} in the data, the report shows ${value.text}`,
    )
  } else if (limit !== null && limits.right.length === 0) {
    const empty = limits.empty[0]
    blame(
      'missing-limit',
      'limit',
      String(limit),
      empty,
      `${type} limit is ${limit} in the data, the report shows ${empty ? empty.text : 'none'}`,
    )
  }
}

/** Whether the passages show the figure at all where it is 0: then a blank says 0. */
function isColumn(about: Passage[], type: string, role: Role): boolean {
  return about.some(({ shows }) => shows.has(`${type}|${role}`))
}

function fitsUsage(value: Value, expected: number): boolean | null {
  if (value.kind === 'number') return value.value === expected
  return expected === 0 ? true : null
}

function fitsLimit(value: Value, expected: number | null): boolean | null {
  if (expected === null) {
    if (value.kind !== 'number') return true
    return inherited.test(value.segment.text)
  }
  if (value.kind === 'number') return value.value === expected
  if (expected === 0) return value.kind === 'zero' ? true : value.kind === 'unlimited' ? false : null
  return value.kind === 'zero' ? false : null
}

function repeats(result: Comparison, about: Passage[], organization: Organization): void {
  for (const passage of about) {
    if (!passage.repeats) continue
    const place = placeOf(passage.anchor)
    result.findings.push({
      kind: 'duplicate-organization',
      organization: organization.id,
      name: organization.name,
      message: `${organization.name} is in the report more often than in the data (page ${place.page})`,
      ...place,
    })
  }
}
