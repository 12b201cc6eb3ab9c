import { type Caller, unauthenticated } from './caller.ts'
import { isGranted, type Observation, otherSpelling } from './observation.ts'

/** Requests that a deployment may treat alike. */
export interface RequestClass {
  /** As the subject of a sentence: "a request without credentials". */
  name: string
  has(observation: Observation): boolean
  /** Requests of the class that must all have been answered alike for it to be told. */
  core?(observation: Observation): boolean
  /** Requests that its name is about, where it has others beside them: some of these must be answered so. */
  named?(observation: Observation): boolean
  /** It has several classes in it, and is told only where all of them are answered alike. */
  isUnion?: true
  /** Classes of one family may be instances of one mistake. */
  family?: string
  /** The family of what follows from it. */
  implies?: string
  /** It is about requests that must be refused: told only where they are, under a status of another meaning. */
  isOfRefusals?: true
  /** It has all callers in it that no deployment may believe. */
  isEverybody?: true
  /** Why such requests are answered as if they were allowed, or with a status of their own. */
  hints: { served?: string; refused?: string; failed?: string }
}

const from =
  (...callers: readonly Caller[]) =>
  ({ caller }: Observation) =>
    callers.includes(caller)

/** Whether the document is asked for by whom it is for. */
const isExport = (one: Observation) => isGranted(one) && one.method !== 'OPTIONS'

const lacksAccess = ({ caller, resource }: Observation) =>
  (caller === 'outsider' && (resource === 'own' || resource === 'other')) ||
  (caller === 'member' && resource === 'foreign')

const isDenied: RequestClass['has'] = (one) => from(...unauthenticated)(one) || lacksAccess(one)

/** Callers whom no deployment may believe, as subjects of a sentence; first those that explain most. */
const unauthenticatedCallers: (Omit<RequestClass, 'has'> & { caller: Caller })[] = [
  {
    caller: 'nobody',
    name: 'a request without credentials',
    hints: {
      served: 'the route is public, or authentication is optional',
      refused: 'what refuses is not what the contract describes: a login page, or a default of the framework',
    },
  },
  {
    caller: 'garbage',
    name: 'a bearer value that is no token',
    hints: {
      served: 'the presence of a token is checked and not the token, as mocks do',
      failed: 'the value is taken apart before it is checked',
    },
  },
  {
    caller: 'forged',
    name: 'a token that was forged',
    hints: {
      served: 'the token is decoded, not verified, or the algorithm in its header is believed',
      failed: 'the token library throws for a header that it does not know, and nobody catches it',
    },
  },
  {
    caller: 'wrongClaims',
    name: 'a token with wrong claims',
    hints: {
      served:
        'the signature is verified, but not every claim: expiry, audience, issuer, type, critical extensions',
      failed: 'a claim is used before a look whether it is there, and of what type it is',
    },
  },
  {
    caller: 'otherScheme',
    name: "the member's token under another scheme",
    hints: { served: 'the name of the scheme is cut off without being read' },
  },
]

const anyBearer = ['garbage', 'forged', 'wrongClaims']

/** One or several of those callers, since one mistake may let several in, and with them whoever has a token. */
const callerClasses: RequestClass[] = subsetsOf(unauthenticatedCallers).flatMap((some) => {
  const callers = some.map(({ caller }) => caller)
  const isAnyBearer = anyBearer.every((caller) => callers.some((one) => one === caller))
  const isEverybody = some.length === unauthenticatedCallers.length
  const isClaims = callers.join() === 'wrongClaims'
  const hints = isEverybody
    ? {
        served: 'nothing authenticates the route, or a cache answers before it',
        refused: 'what refuses is not what the contract describes: a gateway, or a default of the framework',
        failed: 'the error of the token library is not caught',
      }
    : isAnyBearer
      ? {
          served: 'the presence of a token is checked and not the token, as mocks do',
          refused: 'the error of the token library is mapped to another status than 401',
          failed: 'the error of the token library is not caught',
        }
      : some[0]!.hints
  const names = some
    .filter(({ caller }) => !isAnyBearer || !anyBearer.includes(caller))
    .map(({ name }) => name)
  const name = isEverybody
    ? 'whoever asks'
    : [...(isAnyBearer ? ['any bearer value'] : []), ...names].join(', or ')
  const one: RequestClass = {
    name,
    hints,
    has: from(...callers),
    // Who signs a token rightly is known: what it claims is another matter.
    family: isClaims ? 'claims' : 'callers',
    // A token whose signature is not verified may claim anything.
    ...(callers.includes('forged') && { implies: 'claims' }),
    ...(some.length > 1 && { isUnion: true }),
    ...(isEverybody && { isEverybody }),
  }
  const has: RequestClass['has'] = (seen) =>
    one.has(seen) || lacksAccess(seen) || seen.caller === 'unprivileged'
  // Who believes any claim believes any name in it.
  const withOthers = isClaims || callers.includes('garbage') || callers.includes('nobody')
  return withOthers ? [{ ...one, has, named: one.has, family: 'callers' }, one] : [one]
})

const isUnknown: RequestClass['has'] = ({ caller, resource }) =>
  (caller === 'member' || caller === 'outsider') && resource === 'unknown'

const unknownWorkspace: RequestClass = {
  name: 'an unknown workspace',
  has: isUnknown,
  hints: {
    served: 'the id in the path is not looked up, or a lookup without result is not noticed',
    refused: 'the lookup without result is mapped to another status than 404',
    failed: 'a lookup without result is not noticed before it is used',
  },
}

const isRefusable: RequestClass['has'] = (one) =>
  lacksAccess(one) ||
  one.caller === 'unprivileged' ||
  (/^(?:member|outsider)$/.test(one.caller) && /^(?:unknown|other)$/.test(one.resource))

/** Requests that are refused for several reasons, which one mistake gives one status. */
const refusable: RequestClass[] = [
  { name: 'whoever must be refused', has: (one: Observation) => isRefusable(one) || isDenied(one) },
  { name: 'whoever has no access, or asks for what is not there,', has: isRefusable },
].map((one) => ({
  ...one,
  // Without these, a class of callers says the same.
  named: isUnknown,
  isUnion: true,
  isOfRefusals: true,
  hints: {
    refused: 'what writes errors gives all of them one status, that of success if it sets none',
    failed: 'what writes errors fails itself, or does not know the exceptions by which requests are refused',
  },
}))

/** Of classes that explain the same, the last is told: the narrowest. */
export const requestClasses: RequestClass[] = [
  ...refusable,
  ...callerClasses.toSorted((a, b) => b.name.length - a.name.length),
  {
    name: 'a caller without access',
    family: 'callers',
    has: lacksAccess,
    hints: {
      served: 'the token is checked, but not whether its holder is a member of the workspace',
      refused: 'the refusal is mapped to another status than 403 or 404',
      failed: 'the lookup of the membership fails where there is none',
    },
  },
  {
    name: 'a caller without the right to export',
    family: 'callers',
    has: from('unprivileged'),
    hints: { served: 'membership is checked, but not scope or role' },
  },
  {
    name: 'an unusual spelling of an id or path',
    has: ({ resource, traits }) =>
      resource === 'other' || resource === 'unknown' || traits.includes(otherSpelling),
    hints: {
      served: 'routing normalizes the path and the check of access does not, or the other way round',
      failed: 'the id is used before it is validated',
    },
  },
  // However it is spelled: where all of them are served, the spelling is not what matters.
  {
    ...unknownWorkspace,
    has: ({ resource }) => resource === 'other' || resource === 'unknown',
    core: (one) => isUnknown(one) && one.method === 'GET',
  },
  unknownWorkspace,
  {
    name: 'the export',
    family: 'exports',
    has: isExport,
    hints: { failed: 'rendering fails; the log of the deployment says why' },
  },
  {
    name: 'the export of an empty workspace',
    family: 'exports',
    has: (one) => isExport(one) && one.resource === 'empty',
    hints: {
      refused: 'nothing is taken for not found',
      failed: 'the first row is read without a look whether there is one',
    },
  },
]

/**
 * The classes of requests that have a method or trait in common, alone and with each kind of caller; and those of
 * members that lack a trait with which all is well.
 */
export function traitClassesOf(
  wrong: Observation[],
  observed: Observation[],
): { lacking: RequestClass[]; sharing: RequestClass[] } {
  const methods = ['HEAD', 'OPTIONS'] as const
  const traits = [...new Set(wrong.flatMap((one) => one.traits))].filter((name) => name !== otherSpelling)
  const healthy = new Set(
    observed.filter((one) => isGranted(one) && !one.isUnexpected).flatMap((one) => one.traits),
  )
  const lacking = [...healthy].map((name): [string, RequestClass['has']] => [
    `a request without ${name} by a member`,
    (one) => isExport(one) && !one.traits.includes(name),
  ])
  const shared: [string, RequestClass['has']][] = [
    ...methods.map((name): [string, RequestClass['has']] => [name, ({ method }) => method === name]),
    ...traits.map((name): [string, RequestClass['has']] => [
      name.startsWith('a repeated') ? name : `a request with ${name}`,
      (one) => one.traits.includes(name),
    ]),
  ]
  const hints = {
    served: 'a rule for such requests comes before the check of credentials',
    failed: 'nobody expected such a request: the log of the deployment says where it fails',
  }
  const hintsOf: Record<string, RequestClass['hints']> = {
    'a request with two credentials': {
      served: 'the framework hands out one of the two, and nothing refuses such a request',
    },
  }
  const groups: [string, RequestClass['has']][] = [
    ['', () => true],
    [' by a member', isExport],
    [' by whom the document is not for', isDenied],
    [' without valid credentials', from(...unauthenticated)],
    [' by a caller without access', lacksAccess],
  ]
  return {
    lacking: lacking.map(([name, has]) => ({ name, has, hints: {}, family: 'exports' })),
    sharing: shared.flatMap(([name, has]) =>
      groups.map(([group, belongs]) => ({
        name: name + group,
        has: (one: Observation) => has(one) && belongs(one),
        hints: { ...hints, ...hintsOf[name] },
        ...(group && { family: group === ' by a member' ? 'exports' : 'callers' }),
      })),
    ),
  }
}

function subsetsOf<T>(items: T[]): T[][] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, index) =>
    items.filter((__, bit) => (index + 1) & (1 << bit)),
  )
}
