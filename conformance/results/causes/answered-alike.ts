import { type Caller, unauthenticated } from './caller.ts'
import {
  decisiveOf,
  type Explanation,
  indexWhere,
  type ObservedCheck,
  observationsIn,
} from './explanation.ts'
import { isGranted, type Observation, otherSpelling } from './observation.ts'
import { type RequestClass, requestClasses, traitClassesOf } from './request-classes.ts'

/** Of the requests of a class, this part must have been answered alike for the class to be told. */
const purity = 0.8

/** How a request was answered: believed or served, with an error of the deployment, or with another status. */
type Manner = string

/** The manners of an observation; `isRefusal` says how the deployment answers callers whom it does not believe. */
function mannersOf(one: Observation, isRefusal: IsRefusal): Manner[] {
  const { outcome, caller, resource } = one
  if (/^(?:5|0|none)/.test(outcome)) return ['failed']
  if (isGranted({ caller, resource })) return [outcome]
  if (isServed(one)) return ['served']
  // Whose token is believed may still be refused the workspace.
  const isBelieved =
    unauthenticated.includes(caller) && /^40[34]$/.test(outcome) && !isRefusal(caller, outcome)
  return isBelieved ? [outcome, 'served'] : [outcome]
}

type IsRefusal = (caller: Caller, outcome: string) => boolean

/**
 * What most requests without credentials or with garbage are answered is how this deployment refuses, whatever the
 * status should be; but not where more requests of that caller are served than answered so.
 */
function refusalsIn(observed: Observation[]): IsRefusal {
  const ofOwn = observed.filter(({ resource, method }) => resource === 'own' && method === 'GET')
  const outcomes = Map.groupBy(ofOwn, ({ caller }) => caller)
  const sentBy = (caller: Caller) => outcomes.get(caller) ?? []
  const usual = (['nobody', 'garbage'] as const).map((caller) =>
    mostFrequent(sentBy(caller).map((one) => one.outcome)),
  )
  return (caller, outcome) => {
    const own = sentBy(caller)
    const alike = own.filter((one) => one.outcome === outcome)
    return usual.includes(outcome) && own.filter(isServed).length < alike.length
  }
}

const mostFrequent = (all: string[]): string =>
  [...Map.groupBy(all, (one) => one).values()].toSorted((one, two) => two.length - one.length)[0]?.[0] ?? ''

/** Of a document are a part, that it has not changed, and that it has no such part, where the request asked for that. */
function isServed({ outcome, traits }: Observation): boolean {
  if (outcome === '304') return traits.some((name) => /^if-/i.test(name))
  if (outcome === '416') return traits.some((name) => /range/i.test(name))
  return /^2\d\d$|document$/.test(outcome)
}

/** What requests have in common that were answered alike, and not as they must be. `all` are the checks of the run. */
export function answeredAlike(failed: ObservedCheck[], all: ObservedCheck[]): Explanation[] {
  const observed = observationsIn(all)
  const wrong = failed.flatMap(({ observations }) => observations.filter(isWrong))
  const { lacking, sharing } = traitClassesOf(wrong, observed)
  const classes = [...lacking, ...sharing, ...requestClasses]
  const forNobody = shapesServedToNobody(observed)
  const isRefusal = refusalsIn(observed)
  const forMembers = mostFrequent(observed.filter(isGranted).map(({ outcome }) => outcome))
  const manners = (one: Observation) => mannersOf(one, isRefusal)
  // A cache that reads nothing of the request but its address gives members the whole document too, whatever they ask.
  const isPartOrCondition = (one: Observation) =>
    isGranted(one) && one.method === 'GET' && one.traits.some((name) => /range|^if-/i.test(name))
  const isReadByNobody = observed.filter(isPartOrCondition).every(({ outcome }) => outcome === 'document')
  const isWhole = (one: Observation) => isReadByNobody && isPartOrCondition(one)
  return [...new Set(wrong.map((one) => manners(one)[0]!))].flatMap((manner) =>
    classes.flatMap((one, index) => {
      const isAlike = (observation: Observation) => manners(observation).includes(manner)
      const shows = (observation: Observation) =>
        isWrong(observation) && one.has(observation) && isAlike(observation)
      if (one.core && !observed.filter(one.core).every(shows)) return []
      const tells = (observation: Observation) =>
        isTelling(observation) &&
        (manner !== 'served' || isAlike(observation) || !forNobody.has(shapeOf(observation)))
      const members = observed.filter((observation) => one.has(observation) && tells(observation))
      // Requests that are answered so and rightly are no part of the mistake.
      const alike = members.filter(shows)
      const plain = alike.filter((observation) => manners(observation)[0] === manner)
      if (plain.length === 0 || (one.named && !alike.some(one.named))) return []
      const isPure = alike.length >= purity * members.length
      if (one.isUnion && !isPure) return []
      const usual = mostFrequent(plain.map(({ outcome }) => outcome))
      if (one.isOfRefusals && (usual === forMembers || hintFor(manner, usual, forMembers) === 'served'))
        return []
      // Who is believed and has no access is another instance of who is believed and has it.
      const kind = alike.every((observation) => manners(observation).includes('served')) ? 'served' : manner
      return {
        title: titleOf(one, usual, isPure),
        hint: one.hints[hintFor(manner, usual, forMembers)] ?? '',
        // Of the classes that explain as much, the last and narrowest; those with exceptions after all others.
        rank: (isPure ? 100 : 500) - index / 1000 + (isPure ? 0 : 1 - alike.length / members.length),
        hasExceptions: !isPure,
        ...(one.family && { family: `${one.family} ${kind}` }),
        ...(one.implies && { implies: `${one.implies} ${kind}` }),
        shownBy(check: ObservedCheck) {
          const index = indexWhere(check, shows)
          if (index !== undefined || !isPure) return index
          // What a check fails on is wrong, even if some request of its kind may be answered so.
          const decisive = decisiveOf(check)
          if (!decisive || manner === 'document') return undefined
          const follows = one.isEverybody && kind === 'served' && isWhole(decisive)
          return follows || (one.has(decisive) && isAlike(decisive)) ? check.lookedAt : undefined
        },
      }
    }),
  )
}

/** What is not there is refused to whoever asks, and so tells nothing of whom a deployment believes. */
const isTelling = (one: Observation) =>
  one.isUnexpected || isGranted(one) || (one.method !== 'OPTIONS' && !one.traits.includes(otherSpelling))

/**
 * Methods, paths and headers with which no member was served: a router that has no HEAD, or fails on a path, does so
 * whoever asks, and does not show whom the deployment believes.
 */
function shapesServedToNobody(observed: Observation[]): Set<string> {
  const byMembers = observed.filter(({ caller, resource }) => caller === 'member' && resource !== 'foreign')
  const shapes = [...Map.groupBy(byMembers, shapeOf)]
  return new Set(shapes.filter(([, alike]) => !alike.some(isServed)).map(([shape]) => shape))
}

const shapeOf = ({ method, resource, traits }: Observation) =>
  [method, /^(?:unknown|other)$/.test(resource) ? resource : 'known', ...traits].join()

/** A 200 that is no document is told by what it is instead. */
const isWrong = (one: Observation) => one.isUnexpected && !(one.outcome === '200' && isGranted(one))

function titleOf({ name }: RequestClass, usual: string, isPure: boolean): string {
  const outcome =
    usual === 'none' ? 'not answered' : usual === 'document' ? 'given the document' : `answered ${usual}`
  return `${name} is ${isPure ? '' : 'sometimes '}${outcome}`
}

/** Where members are given a document, a 200 without one is a refusal under the status of success. */
function hintFor(manner: Manner, usual: string, forMembers: string): keyof RequestClass['hints'] {
  if (manner === 'served') return usual === '200' && forMembers !== '200' ? 'refused' : 'served'
  return manner === 'failed' ? 'failed' : 'refused'
}
