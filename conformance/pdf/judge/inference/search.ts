import { createHash } from 'node:crypto'
import type { TextLayer } from '../../pages/page.ts'
import { type Address, addressings } from '../layout/addressing.ts'
import { type Clues, cluesOf } from '../layout/clues.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { identify } from '../reading/identify.ts'
import { passagesOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { Placed } from '../reading/roles.ts'
import type { Subject } from '../reading/subjects.ts'
import type { Value } from '../reading/values.ts'
import { settleWords } from '../reading/words.ts'
import { type Ownership, ownerships } from './ownerships.ts'
import { fitTemplate, scoreOf, type Template } from './template.ts'

/** One explanation of the whole document. */
export interface Interpretation {
  /** The strategies that it is made of. */
  name: string
  document: Understood
  /** Whether labels decided it, as today's reading, and not the data. */
  isUsual: boolean
  score: number
}

/** So many explanations are followed to the end. */
const kept = 6

/** On so many pages they are compared first. */
const samplePages = 24

/** All explanations that are worth comparing, the best first. Today's reading is one of them. */
export function interpretations(today: Understood, context: ExpectedFigures): Interpretation[] {
  const clues = cluesOf(today)
  const sample = sampleOf(today)
  const found = ownerships(today, sample, context).flatMap((ownership) => {
    const placed = placedIn(ownership, today, clues)
    const sampled = placed.filter(({ value }) => sample.has(value.line.plane))
    return Object.entries(addressings(sampled, clues)).map(([strategy, address]) => {
      const seen = explain(sampled, address, clues, context)
      return { ownership, placed, strategy, seen, isWhole: sampled.length === placed.length }
    })
  })
  const signatures = new Set<string>()
  const best = found
    .sort((a, b) => b.seen.template.score - a.seen.template.score)
    .filter(({ seen }) => {
      const signature = signatureOf(seen)
      return !signatures.has(signature) && signatures.add(signature)
    })
    .slice(0, kept)
    .map(({ ownership, placed, strategy, seen, isWhole }) =>
      complete(
        `${ownership.name}/${strategy}`,
        ownership,
        isWhole ? seen : explain(placed, addressings(placed, clues)[strategy]!, clues, context),
        today,
        context,
      ),
    )
  const readdressed = today.placed.map((each) => ({ each, address: each.slot.id }))
  const score = scoreOf(readdressed, today.roles, context)
  const usual: Interpretation = { name: 'today', document: today, isUsual: true, score }
  return [usual, ...best].sort((a, b) => b.score - a.score)
}

/** Pages with names on them, spread over the document. */
function sampleOf({ lines, subjects }: Understood): Set<TextLayer> {
  const named = [...new Set(subjects.map(({ plane }) => plane))]
  const planes = named.length > 0 ? named : [...new Set(lines.map(({ plane }) => plane))]
  const all = [...new Set(lines.map(({ plane }) => plane))]
  if (all.length <= samplePages) return new Set(all)
  const step = Math.ceil(planes.length / samplePages)
  return new Set(planes.filter((_, at) => at % step === 0))
}

function placedIn({ territories }: Ownership, today: Understood, clues: Map<Value, Clues>): Placed[] {
  return territories.flatMap(({ owned }) =>
    owned.flatMap((each): Placed[] => {
      const slot = today.slots.get(each.value)
      return slot && clues.has(each.value) ? [{ ...each, slot }] : []
    }),
  )
}

/** What quantities mean where one strategy says which of them are alike. */
interface Explanation {
  placed: Placed[]
  template: Template
}

function explain(
  placed: Placed[],
  address: Address,
  clues: Map<Value, Clues>,
  context: ExpectedFigures,
): Explanation {
  const addressed = placed.map((each) => ({ each, address: address(each, clues.get(each.value)!) }))
  const template = fitTemplate(addressed, context)
  const readdressed = addressed.map(({ each, address: id }) => ({
    ...each,
    slot: { ...each.slot, id, whole: id, place: id },
  }))
  return { placed: readdressed, template }
}

/** The same for explanations that give the same quantities the same owners and meanings. */
function signatureOf({ placed, template }: Explanation): string {
  const owners = new Map<Subject | null, number>()
  const parts = placed.flatMap(({ slot, owner }, at) => {
    const meaning = template.roles.get(slot.id)
    if (!meaning) return []
    if (!owners.has(owner)) owners.set(owner, owners.size)
    return `${at}${meaning.type}${meaning.role}${owners.get(owner)}`
  })
  return createHash('sha256').update(parts.join()).digest('hex')
}

/** The explanation as a document that can be judged: who each record is about, and what it shows. */
function complete(
  name: string,
  { subjects, territories }: Ownership,
  { placed, template }: Explanation,
  today: Understood,
  context: ExpectedFigures,
): Interpretation {
  const { roles } = template
  const settled = settleWords(placed, roles, context)
  const passages = passagesOf(subjects, settled, roles, today.headers)
  identify(passages, context)
  const own = new Set(subjects.flatMap(({ segments }) => segments))
  const others = today.mentions.filter(({ stretches }) => !own.has(stretches[0].segment))
  const document: Understood = { ...today, subjects, territories, roles, placed: settled, passages, others }
  return { name, document, isUsual: false, score: template.score }
}
