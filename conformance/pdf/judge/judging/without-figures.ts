import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import type { Finding } from './finding.ts'

/** What is wrong whatever the figures mean: names that are nowhere, and identified organizations of others. */
export function withoutFigures(
  compared: Finding[],
  foreign: Finding[],
  { mentions }: Understood,
  facts: ExpectedFigures,
): Finding[] {
  const named = new Set(mentions.flatMap(({ candidates }) => candidates))
  const index = new Map(facts.organizations.map(({ id }, at) => [id, at]))
  const absent = compared.filter(
    ({ kind, organization }) => kind === 'missing-organization' && !named.has(index.get(organization!)!),
  )
  const isListOfNames = absent.length < 0.5 * facts.organizations.length
  return [
    ...(isListOfNames ? absent : []),
    ...foreign.filter(({ organization }) => organization !== undefined),
  ]
}
