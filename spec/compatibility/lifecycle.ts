import { withoutParameterNames } from '../operation.ts'
import { followed, isObject, type Json, join, valueAt } from '../pointer.ts'
import { type Change, impacts, worstImpact } from './change.ts'
import { lifecycleRules } from './rules/lifecycle.ts'
import { sunsetOf, sunsetRule } from './sunset.ts'
import { phrase } from './wording.ts'

/** From the least to the most that an operation promises; what says nothing is stable. */
const levels = ['draft', 'alpha', 'beta', 'stable'] as const
/** Operations of these levels may change at any time. */
const unsettled: readonly string[] = ['draft', 'alpha']

interface Documents {
  base: object
  head: object
}

/**
 * Weighs changes by what the base announced: what was deprecated may be removed once its `x-sunset` is over, and
 * operations whose `x-stability-level` is draft or alpha may change. Adds changes of the announcements themselves.
 * `today` is `YYYY-MM-DD`.
 */
export function applyLifecycle(changes: Change[], documents: Documents, today: string): Change[] {
  const before = operationsOf(documents.base)
  const isUnsettled = ({ operations }: Change) =>
    operations.length > 0 &&
    operations.every((label) => unsettled.includes(stabilityOf(before.get(keyOf(label))?.operation)))
  return [
    ...changes
      .filter(
        ({ id, place }) => id !== 'documentation-changed' || !/\/x-(sunset|stability-level)$/.test(place),
      )
      .map((change) => {
        if (change.verdict === 'harmless') return change
        if (isUnsettled(change)) return harmless(change, 'allowed for a draft or alpha operation')
        return announced(change, documents.base, today)
      }),
    ...announcements(before, operationsOf(documents.head)),
  ].sort((a, b) => impacts.indexOf(a.verdict) - impacts.indexOf(b.verdict))
}

const harmless = (change: Change, reason: string): Change => ({
  ...change,
  message: `${change.message.replace(/\.$/, '')} (${reason}).`,
  client: 'harmless',
  server: 'harmless',
  verdict: 'harmless',
})

function announced(change: Change, base: object, today: string): Change {
  if (change.placeIn !== 'base' || !change.id.endsWith('-removed')) return change
  // In OpenAPI 3.1 both may stand beside a `$ref`.
  const written = valueAt(base, change.place)
  const removed = [written, followed(base, written, '').value]
  const sunset = removed
    .filter((value) => isObject(value) && value.deprecated === true)
    .map(sunsetOf)
    .find((day) => day !== undefined)
  if (!sunset) return change
  if (sunset <= today) return harmless(change, `announced for ${sunset}`)
  return { ...change, message: `${change.message.replace(/\.$/, '')}, before the announced ${sunset}.` }
}

function stabilityOf(value: unknown): (typeof levels)[number] {
  const written = isObject(value) ? value['x-stability-level'] : undefined
  return levels.find((level) => level === written) ?? 'stable'
}

interface Placed {
  label: string
  pointer: string
  operation: Json
  /** The parameters of the operation and its path item by location and name; the operation's own win. */
  parameters: Map<string, Json>
}

/** A label without the names of path parameters, which carry no meaning (OAS 3.0.3 §4.7.8.1); of a callback, its operation's. */
const keyOf = (label: string) => withoutParameterNames(label.split(' ', 2).join(' '))

function operationsOf(document: object): Map<string, Placed> {
  const found = new Map<string, Placed>()
  const { paths } = document as Json
  for (const [path, written] of Object.entries(isObject(paths) ? paths : {})) {
    const { value: item, pointer } = followed(document, written, join('/paths', path))
    if (!isObject(item)) continue
    for (const [method, operation] of Object.entries(item)) {
      if (!isObject(operation) || !isObject(operation.responses)) continue
      const label = `${method.toUpperCase()} ${path}`
      const parameters = new Map(
        [item.parameters, operation.parameters]
          .flatMap((list) => (Array.isArray(list) ? list : []))
          .map((parameter) => followed(document, parameter, '').value)
          .filter(isObject)
          .map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
      )
      found.set(keyOf(label), { label, pointer: join(pointer, method), operation, parameters })
    }
  }
  return found
}

function announcements(before: Map<string, Placed>, after: Map<string, Placed>): Change[] {
  return [...after].flatMap(([key, is]) => {
    const was = before.get(key)
    if (!was) return []
    const [from, to] = [stabilityOf(was.operation), stabilityOf(is.operation)]
    const lowered = levels.indexOf(to) < levels.indexOf(from)
    return [
      ...(from === to
        ? []
        : [changeOf(lowered ? 'stability-lowered' : 'stability-raised', is, '', { from, to })]),
      ...sunsetChange(is, '', was.operation, is.operation),
      ...[...is.parameters].flatMap(([name, parameter]) =>
        sunsetChange(is, ` parameter ${parameter.name}`, was.parameters.get(name), parameter),
      ),
    ]
  })
}

function sunsetChange(placed: Placed, subject: string, was: unknown, is: unknown): Change[] {
  const [from, to] = [sunsetOf(was), sunsetOf(is)]
  const id = sunsetRule(from, to)
  return id === undefined || was === undefined ? [] : [changeOf(id, placed, subject, { from, to })]
}

function changeOf(
  id: keyof typeof lifecycleRules,
  { label, pointer }: Placed,
  subject: string,
  context: Record<string, unknown>,
): Change {
  const [says, client, server] = lifecycleRules[id]
  return {
    id,
    place: pointer,
    placeIn: 'head',
    operations: [label],
    message: `${label}${subject} ${phrase(says, context)}`,
    client,
    server,
    verdict: worstImpact(client, server),
  }
}
