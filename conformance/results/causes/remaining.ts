import { decisiveOf, type Explanation, type ObservedCheck } from './explanation.ts'

/** Failures that nothing explains together, grouped by the request that shows them or by the clause that decides. */
export function remaining(failed: ObservedCheck[]): { explanation: Explanation; checks: ObservedCheck[] }[] {
  return [...Map.groupBy(failed, subjectOf).values()].map((checks) => ({
    checks,
    explanation: {
      title: checks[0]!.result.reason.split('\n')[0]!.slice(0, 200),
      hint: '',
      rank: 1000,
      shownBy: ({ lookedAt }) => lookedAt,
    },
  }))
}

/** What a failure is about: the method or header that its request adds to a plain one, else its clause. */
function subjectOf(check: ObservedCheck): string {
  const { source } = check.result
  const decisive = decisiveOf(check)
  const traits = decisive?.traits.filter((name) => name !== 'a repeated request') ?? []
  // What one tenant learns of another is one subject, however it is asked for.
  if (source.document === 'owasp') return `owasp ${decisive?.caller}`
  if (decisive && decisive.method !== 'GET') return decisive.method
  if (traits.length > 0) return familyOf(traits[0]!)
  // One RFC is one subject, but for the one that holds all of HTTP.
  return source.document === 'rfc9110' ? `rfc9110 ${source.anchor.split('.')[0]}` : source.document
}

/** Headers of one mechanism of HTTP are one subject. */
const familyOf = (trait: string) => (/range/i.test(trait) ? 'Range' : /^if-/i.test(trait) ? 'If-' : trait)
