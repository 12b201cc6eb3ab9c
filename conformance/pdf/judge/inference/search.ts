import { createHash } from 'node:crypto'
import type { TextLayer } from '../../pages/page.ts'
import { addressings } from '../layout/addressing.ts'
import { type Clues, cluesOf } from '../layout/clues.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { identify } from '../reading/identify.ts'
import type { Territory } from '../reading/ownership.ts'
import { passagesOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { Placed } from '../reading/roles.ts'
import type { Subject } from '../reading/subjects.ts'
import type { Value } from '../reading/values.ts'
import { settleWords } from '../reading/words.ts'
import { type Addresses, addressesOf, type Evidence, weigh } from './evidence.ts'
import type { Ownership } from './ownership.ts'
import { ownerships } from './ownerships.ts'
import { leastPlausible } from './plausible.ts'
import { sampleOf } from './sample.ts'
import { fitTemplate, scoreOf, type Template } from './template.ts'
import { bounds, weights } from './weights.ts'

/** One explanation of the whole document. */
export interface Interpretation {
  /** The strategies that it is made of. */
  name: string
  score: number
  /** Whether labels decided it, as the reading by labels, and not the data. */
  isUsual: boolean
  /** Whether it says that everybody's figures stand beside the next organization, or the one before. */
  shift: Ownership['shift']
  /** The document as it explains it; made by each call, so that only what is judged takes memory. */
  document(): Understood
}

/** All explanations that are worth comparing, the best first. The reading by labels is one of them. */
export function interpretations(labelled: Understood, context: ExpectedFigures): Interpretation[] {
  const clues = cluesOf(labelled)
  const planes = [...new Set(labelled.lines.map(({ plane }) => plane))]
  const sample = sampleOf(planes, labelled)
  const isWhole = sample.length === planes.length
  const found = ownerships(labelled, sample, context)
    .flatMap((ownership) =>
      candidatesOf(ownership, placedIn(ownership.divide(sample), labelled, clues), clues, context),
    )
    .sort((a, b) => b.score - a.score)
  const best = Math.max(usualScore(labelled, sample, context), found[0]?.score ?? 0)
  const least = leastPlausible(best, weights.marginShare * (isWhole ? 1 : weights.sampleSlack))
  const signatures = new Set<string>()
  const finalists = found
    .filter(({ score, signature }) => {
      const isNew = score >= least && !signatures.has(signature)
      return isNew && signatures.add(signature)
    })
    .slice(0, bounds.interpretations)
  const byOwnership = Map.groupBy(finalists, ({ ownership }) => ownership)
  const followed = [...byOwnership].flatMap(([ownership, own]) => {
    const territories = ownership.divide(planes)
    const placed = placedIn(territories, labelled, clues)
    const evidence = weigh(placed, context)
    const texts = addressings(placed, clues)
    return own.map(({ strategy }): Interpretation => {
      const textOf = texts[strategy]!
      const addresses = addressesOf(evidence, (each) => textOf(each, clues.get(each.value)!))
      const template = fitTemplate(evidence, addresses)
      const document = () => {
        const owned = { subjects: ownership.subjects, territories }
        return completed(owned, placed, addresses, template, labelled, context)
      }
      return {
        ...{ name: `${ownership.name}/${strategy}`, shift: ownership.shift, isUsual: false },
        ...{ score: template.score + costOf(ownership), document },
      }
    })
  })
  const usual: Interpretation = {
    name: 'labelled',
    score: usualScore(labelled, planes, context),
    isUsual: true,
    shift: undefined,
    document: () => labelled,
  }
  return [usual, ...followed].sort((a, b) => b.score - a.score)
}

function usualScore({ placed, roles }: Understood, planes: TextLayer[], context: ExpectedFigures): number {
  const within = new Set(planes)
  const evidence = weigh(
    placed.filter(({ value }) => within.has(value.line.plane)),
    context,
  )
  return scoreOf(
    evidence,
    addressesOf(evidence, ({ slot }) => slot.id),
    roles,
  )
}

function placedIn(territories: Territory[], labelled: Understood, clues: Map<Value, Clues>): Placed[] {
  return territories.flatMap(({ owned }) =>
    owned.flatMap((each): Placed[] => {
      const slot = labelled.slots.get(each.value)
      return slot && clues.has(each.value) ? [{ ...each, slot }] : []
    }),
  )
}

/** One way to say whose the quantities are with one way to say which of them are alike, compared on a sample. */
interface Candidate {
  ownership: Ownership
  strategy: string
  score: number
  signature: string
}

function candidatesOf(
  ownership: Ownership,
  placed: Placed[],
  clues: Map<Value, Clues>,
  context: ExpectedFigures,
): Candidate[] {
  const evidence = weigh(placed, context)
  const partitions = new Set<string>()
  return Object.entries(addressings(placed, clues)).flatMap(([strategy, textOf]): Candidate[] => {
    const addresses = addressesOf(evidence, (each) => textOf(each, clues.get(each.value)!))
    const partition = hashOf(addresses.of)
    if (partitions.has(partition)) return []
    partitions.add(partition)
    const template = fitTemplate(evidence, addresses)
    const signature = signatureOf(evidence, addresses, template)
    return [
      {
        ...{ ownership, strategy, score: template.score + costOf(ownership) },
        signature: `${ownership.shift ?? ''}${signature}`,
      },
    ]
  })
}

const costOf = ({ shift }: Ownership) => (shift ? weights.shifted : 0)

/** The same for explanations that give the same quantities the same owners and meanings. */
function signatureOf({ placed, figures }: Evidence, { of, texts }: Addresses, { roles }: Template): string {
  const meanings = texts.map((text) => {
    const meaning = roles.get(text)
    return figures.findIndex(({ type, role }) => type === meaning?.type && role === meaning.role)
  })
  const owners = new Map<Subject | null, number>()
  const said = new Int32Array(2 * placed.length)
  for (const [at, { owner }] of placed.entries()) {
    const meaning = meanings[of[at]!]!
    if (meaning < 0) continue
    if (!owners.has(owner)) owners.set(owner, owners.size)
    said[2 * at] = meaning + 1
    said[2 * at + 1] = owners.get(owner)!
  }
  return hashOf(said)
}

const hashOf = (numbers: Int32Array) => createHash('sha256').update(numbers).digest('base64')

/** An explanation as a document that can be judged: who each record is about, and what it shows. */
function completed(
  { subjects, territories }: Pick<Understood, 'subjects' | 'territories'>,
  placed: Placed[],
  { of, texts }: Addresses,
  { roles }: Template,
  labelled: Understood,
  context: ExpectedFigures,
): Understood {
  const readdressed = placed.map((each, at): Placed => {
    const id = texts[of[at]!]!
    return { ...each, slot: { ...each.slot, id, whole: id } }
  })
  const settled = settleWords(readdressed, roles, context)
  const passages = passagesOf(subjects, settled, roles, labelled.headers)
  identify(passages, context)
  const own = new Set(subjects.flatMap(({ segments }) => segments))
  const others = labelled.mentions.filter(({ stretches }) => !own.has(stretches[0].segment))
  return { ...labelled, subjects, territories, roles, placed: settled, passages, others }
}
