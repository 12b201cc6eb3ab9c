import { createHash } from 'node:crypto'
import type { TextLayer } from '../../pages/page.ts'
import { addressings } from '../layout/addressing.ts'
import { type Clues, cluesOf } from '../layout/clues.ts'
import type { CellAddress } from '../reading/cell-address.ts'
import { type Addresses, addressesOf, type Evidence, weigh } from '../reading/evidence.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { identify } from '../reading/identify.ts'
import type { Ownership, Placed } from '../reading/ownership.ts'
import { passagesOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'
import { fitTemplate, scoreOf, type Template } from '../reading/template.ts'
import type { Value } from '../reading/values.ts'
import { settleWords } from '../reading/words.ts'
import { bounds, leastPlausible, weights } from '../weights.ts'
import { hypotheses } from './ownership-hypotheses.ts'
import type { OwnershipHypothesis } from './ownership-hypothesis.ts'
import { sampleOf } from './sample.ts'

/** One explanation of the whole document. */
export interface Interpretation {
  /** The strategies that it is made of. */
  name: string
  score: number
  /** Whether labels decided it, as the reading by labels, and not the data. */
  isUsual: boolean
  /** Whether and how it says that everybody's figures stand beside another organization. */
  shift: OwnershipHypothesis['shift']
  /** The document as it explains it; made by each call, so that only what is judged takes memory. */
  document(): Understood
}

/** The explanations of a document, the best first. */
export interface Interpretations {
  /** All that are about as good as the best one, and the reading by labels. */
  comparable: Interpretation[]
  /**
   * The best of those that are not, and the best one with another meaning for each place. Followed to the end by the
   * call: what was decided does not need them.
   */
  runnersUp(): Interpretation[]
}

export function interpretations(labelled: Understood, context: ExpectedFigures): Interpretations {
  return new Search(labelled, context).interpretations()
}

class Search {
  readonly #labelled: Understood
  readonly #context: ExpectedFigures
  readonly #layers: TextLayer[]
  readonly #clues: Map<Value, Clues>
  readonly #cellAddresses: Map<Value, CellAddress>

  constructor(labelled: Understood, context: ExpectedFigures) {
    this.#labelled = labelled
    this.#context = context
    this.#layers = [...new Set(labelled.lines.map(({ layer }) => layer))]
    this.#clues = cluesOf(labelled)
    this.#cellAddresses = new Map(labelled.addressed.map(({ value, cellAddress }) => [value, cellAddress]))
  }

  interpretations(): Interpretations {
    const sample = sampleOf(this.#layers, this.#labelled)
    const isWhole = sample.length === this.#layers.length
    const found = hypotheses(this.#labelled, sample, this.#context)
      .flatMap((hypothesis) =>
        candidatesOf(hypothesis, this.#placedIn(hypothesis.divide(sample)), this.#clues, this.#context),
      )
      .sort((a, b) => b.score - a.score)
    const best = Math.max(this.#usualScore(sample), found[0]?.score ?? 0)
    const least = leastPlausible(best, weights.marginShare * (isWhole ? 1 : weights.sampleSlack))
    const signatures = new Set<string>()
    const distinct = found.filter(({ signature }) => !signatures.has(signature) && signatures.add(signature))
    const plausible = distinct.filter(({ score }) => score >= least).slice(0, bounds.interpretations)
    const usual: Interpretation = {
      name: 'labelled',
      score: this.#usualScore(this.#layers),
      isUsual: true,
      shift: undefined,
      document: () => this.#labelled,
    }
    return {
      comparable: [usual, ...this.#followed(plausible)].sort((a, b) => b.score - a.score),
      runnersUp: () => [
        ...this.#followed(distinct.slice(0, 1), fitOtherTemplate),
        ...this.#followed(distinct.slice(plausible.length, plausible.length + bounds.interpretations)),
      ],
    }
  }

  /** Explanations that were compared on a sample, followed to the end of the document. */
  #followed(candidates: Candidate[], templateFor = fitTemplate): Interpretation[] {
    const byHypothesis = Map.groupBy(candidates, ({ hypothesis }) => hypothesis)
    return [...byHypothesis].flatMap(([hypothesis, own]) => {
      const ownerships = hypothesis.divide(this.#layers)
      const placed = this.#placedIn(ownerships)
      const evidence = weigh(placed, this.#context)
      const texts = addressings(placed, this.#clues)
      return own.map(({ strategy }): Interpretation => {
        const textOf = texts[strategy]!
        const addresses = addressesOf(evidence, (each) => textOf(each, this.#clues.get(each.value)!))
        const template = templateFor(evidence, addresses)
        const document = () => {
          const owned = { anchors: hypothesis.anchors, ownerships }
          return completed(owned, placed, addresses, template, this.#labelled, this.#context)
        }
        return {
          ...{ name: `${hypothesis.name}/${strategy}`, shift: hypothesis.shift, isUsual: false },
          ...{ score: template.score + costOf(hypothesis), document },
        }
      })
    })
  }

  #usualScore(layers: TextLayer[]): number {
    const { placed, roles } = this.#labelled
    const within = new Set(layers)
    const evidence = weigh(
      placed.filter(({ value }) => within.has(value.line.layer)),
      this.#context,
    )
    return scoreOf(
      evidence,
      addressesOf(evidence, ({ cellAddress }) => cellAddress.id),
      roles,
    )
  }

  #placedIn(ownerships: Ownership[]): Placed[] {
    return ownerships.flatMap(({ owned }) =>
      owned.flatMap((each): Placed[] => {
        const cellAddress = this.#cellAddresses.get(each.value)
        return cellAddress && this.#clues.has(each.value) ? [{ ...each, cellAddress }] : []
      }),
    )
  }
}

/** The best template in which no address means what it means in the best one. */
function fitOtherTemplate(evidence: Evidence, addresses: Addresses): Template {
  return fitTemplate(evidence, addresses, fitTemplate(evidence, addresses).roles)
}

/** One way to say whose the quantities are with one way to say which of them are alike, compared on a sample. */
interface Candidate {
  hypothesis: OwnershipHypothesis
  strategy: string
  score: number
  signature: string
}

function candidatesOf(
  hypothesis: OwnershipHypothesis,
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
        ...{ hypothesis, strategy, score: template.score + costOf(hypothesis) },
        signature: `${hypothesis.shift ?? ''}${signature}`,
      },
    ]
  })
}

const costOf = ({ shift }: OwnershipHypothesis) => (shift ? weights.shifted : 0)

/** The same for explanations that give the same quantities the same owners and meanings. */
function signatureOf({ placed, figures }: Evidence, { of, texts }: Addresses, { roles }: Template): string {
  const meanings = texts.map((text) => {
    const meaning = roles.get(text)
    return figures.findIndex(({ type, role }) => type === meaning?.type && role === meaning.role)
  })
  const owners = new Map<RecordAnchor | null, number>()
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
  { anchors, ownerships }: Pick<Understood, 'anchors' | 'ownerships'>,
  placed: Placed[],
  { of, texts }: Addresses,
  { roles }: Template,
  labelled: Understood,
  context: ExpectedFigures,
): Understood {
  const readdressed = placed.map((each, at): Placed => {
    const id = texts[of[at]!]!
    return { ...each, cellAddress: { ...each.cellAddress, id, whole: id } }
  })
  const settled = settleWords(readdressed, roles, context)
  const passages = passagesOf(anchors, settled, roles, labelled.headers)
  identify(passages, context)
  const own = new Set(anchors.flatMap(({ segments }) => segments))
  const others = labelled.mentions.filter(({ stretches }) => !own.has(stretches[0].segment))
  return { ...labelled, anchors, ownerships, roles, placed: settled, passages, others }
}
