import { unauthenticated } from './caller.ts'
import { type Explanation, indexWhere, type ObservedCheck } from './explanation.ts'
import { isGranted, type Observation, otherSpelling } from './observation.ts'
import { type RequestClass, requestClasses, traitClassesOf } from './request-classes.ts'

/** Of the requests of a class, this part must have been answered alike for the class to be told. */
const purity = 0.8

/** How a request was answered: believed or served, with an error of the deployment, or with another status. */
type Manner = string

function mannersOf({ outcome, caller, resource }: Observation): Manner[] {
  if (/^(?:5|0|none)/.test(outcome)) return ['failed']
  if (isGranted({ caller, resource })) return [outcome]
  if (isServed(outcome)) return ['served']
  // Whose token is believed may still be refused the workspace.
  return unauthenticated.includes(caller) && /^40[34]$/.test(outcome) ? [outcome, 'served'] : [outcome]
}

const isServed = (outcome: string) => /^(?:2\d\d|304|416)$|document$/.test(outcome)

/** What requests have in common that were answered alike, and not as they must be. `all` are the checks of the run. */
export function answeredAlike(failed: ObservedCheck[], all: ObservedCheck[]): Explanation[] {
  // Each request counts once, however many checks needed it.
  const observed = [
    ...new Map(all.flatMap(({ observations }) => observations.map((one) => [one.number, one]))).values(),
  ]
  const wrong = failed.flatMap(({ observations }) => observations.filter(isWrong))
  const { lacking, sharing } = traitClassesOf(wrong, observed)
  const classes = [...lacking, ...sharing, ...requestClasses]
  const forNobody = shapesServedToNobody(observed)
  return [...new Set(wrong.map((one) => mannersOf(one)[0]!))].flatMap((manner) =>
    classes.flatMap((one, index) => {
      const isAlike = (observation: Observation) => mannersOf(observation).includes(manner)
      const shows = (observation: Observation) =>
        isWrong(observation) && one.has(observation) && isAlike(observation)
      if (one.core && !observed.filter(one.core).every(isAlike)) return []
      const tells = (observation: Observation) =>
        isTelling(observation) &&
        (manner !== 'served' || isAlike(observation) || !forNobody.has(shapeOf(observation)))
      const members = observed.filter((observation) => one.has(observation) && tells(observation))
      const alike = members.filter(isAlike)
      if (!members.some((observation) => shows(observation) && mannersOf(observation)[0] === manner))
        return []
      const isPure = alike.length >= purity * members.length
      if (one.isUnion && !isPure) return []
      return {
        title: titleOf(one, manner, alike.filter(isWrong), isPure),
        hint: one.hints[manner === 'served' || manner === 'failed' ? manner : 'refused'] ?? '',
        // Of the classes that explain as much, the last and narrowest; those with exceptions after all others.
        rank: (isPure ? 100 : 500) - index / 1000 + (isPure ? 0 : 1 - alike.length / members.length),
        hasExceptions: !isPure,
        ...(one.family && { family: `${one.family} ${manner}` }),
        shownBy: (check: ObservedCheck) => indexWhere(check, shows),
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
  return new Set(
    shapes.filter(([, alike]) => !alike.some(({ outcome }) => isServed(outcome))).map(([shape]) => shape),
  )
}

const shapeOf = ({ method, resource, traits }: Observation) =>
  [method, /^(?:unknown|other)$/.test(resource) ? resource : 'known', ...traits].join()

/** A 200 that is no document is told by what it is instead. */
const isWrong = (one: Observation) => one.isUnexpected && !(one.outcome === '200' && isGranted(one))

function titleOf({ name }: RequestClass, manner: string, shown: Observation[], isPure: boolean): string {
  const plain = shown.filter((one) => mannersOf(one)[0] === manner)
  const counts = Map.groupBy(plain, ({ outcome }) => outcome)
  const [usual = manner] = [...counts].sort(([, one], [, two]) => two.length - one.length).map(([key]) => key)
  const outcome =
    usual === 'none' ? 'not answered' : usual === 'document' ? 'given the document' : `answered ${usual}`
  return `${name} is ${isPure ? '' : 'sometimes '}${outcome}`
}
