import { decisiveOf, type Explanation, indexWhere, type ObservedCheck } from './explanation.ts'
import type { Observation, Symptom } from './observation.ts'

/** What a symptom is called, and what usually makes it. */
const told: Record<Symptom['kind'], (detail: string) => Pick<Explanation, 'title' | 'hint'>> = {
  framing: () => ({
    title: 'messages do not end where their framing says',
    hint: 'a length or chunks that somebody writes by hand, or a proxy that changes a body and not its length',
  }),
  transferCoding: (detail) => ({
    title: `messages have the transfer coding ${detail}, which was not offered`,
    hint: 'a content coding is sent as a transfer coding, or a server of old names one that HTTP has no more',
  }),
  cache: () => ({
    title: 'a cache answers with what was meant for another request',
    hint: 'a shared cache stores without a look at Authorization, or stores errors: Cache-Control: private or no-store, and Vary: Authorization',
  }),
  coding: (detail) => ({
    title: `the body is declared to be coded as ${detail}, which was not asked for`,
    hint: 'a compressed file is served as it is stored, or a proxy compresses without a look at Accept-Encoding',
  }),
  noPdf: (detail) => ({
    title: `what is served is no PDF${detail === 'application/pdf' ? '' : ` (${detail || 'no media type'})`}`,
    hint: 'the document is encoded, wrapped or replaced on its way: base64, JSON, a page, a mock that makes up a value',
  }),
  mediaType: (detail) => ({
    title: `the media type of the document is ${detail}`,
    hint: 'the response is sent with the default type of the framework or of the file store',
  }),
  repeatedHeader: (detail) => ({
    title: `the header ${detail} is sent twice`,
    hint: 'the application and a proxy before it, or two layers of middleware, both add it',
  }),
  noJson: () => ({
    title: 'bodies that are JSON by their media type are none',
    hint: 'an error page of the framework or a proxy is sent with the media type of the API',
  }),
  challenge: () => ({
    title: 'refusals have no challenge that can be read',
    hint: 'the 401 is written by hand; WWW-Authenticate: Bearer belongs to it',
  }),
}

/** Symptoms of responses that may be the right ones all the same. */
const besideTheAnswer = new Set<Symptom['kind']>(['repeatedHeader', 'noJson', 'challenge'])

/** The order in which one symptom is the reason of another. */
const kinds = Object.keys(told) as Symptom['kind'][]

/** Faults that responses have whatever was requested. */
export function symptomsIn(failed: ObservedCheck[], all: ObservedCheck[]): Explanation[] {
  const observed = all.flatMap(({ observations }) => observations)
  const found = failed.flatMap(({ observations }) => observations.flatMap(({ symptoms }) => symptoms))
  const distinct = new Map(found.map((symptom) => [`${symptom.kind} ${symptom.detail}`, symptom]))
  return [...distinct.values()].map(({ kind, detail }) => {
    const has = ({ symptoms }: Observation) =>
      symptoms.some((one) => one.kind === kind && one.detail === detail)
    // What clients hide or repair is in the same response all the same.
    const damaged = kind === 'framing' ? new Set(observed.filter(has).map(keyOf)) : new Set<string>()
    return {
      ...told[kind](detail),
      rank: kinds.indexOf(kind),
      shownBy(check: ObservedCheck) {
        const decisive = decisiveOf(check)
        // A response that must not be is told by what it is, and not by what else is wrong with it or with another one.
        if (besideTheAnswer.has(kind) && decisive?.isUnexpected) return undefined
        if (kind === 'challenge' && decisive && decisive.outcome !== '401') return undefined
        const index = indexWhere(check, has)
        if (index !== undefined) return index
        // Requests that offer codings show the same fault where it is in how codings are negotiated.
        if (kind === 'coding' && decisive?.traits.includes('Accept-Encoding')) return check.lookedAt
        const isDamaged = decisive && check.result.level !== 'advice' && damaged.has(keyOf(decisive))
        return isDamaged ? check.lookedAt : undefined
      },
    }
  })
}

const keyOf = ({ caller, resource, method }: Observation) => `${caller} ${resource} ${method}`
