import { weights } from '../weights.ts'
import type { CellAddress } from './cell-address.ts'
import { type Addresses, type Evidence, likelihoodAt } from './evidence.ts'
import { type Assigned, type ExpectedFigures, type Figure, figureKey } from './expectation.ts'
import { isCell } from './likelihood.ts'
import type { Placed } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'

/** What each address means, and how much likelier the document is with it than without any meaning. */
export interface Template {
  roles: Map<string, Assigned>
  score: number
}

/** What the quantities of an address may be figures of, with its place among the figures of the evidence. */
interface Meaning {
  assigned: Figure
  index: number
  score: number
  rate: number
}

/** The meaning of each address that explains most, but for those in `other`: every figure once in a record. */
export function fitTemplate(
  evidence: Evidence,
  addresses: Addresses,
  other: ReadonlyMap<string, Assigned> = new Map(),
): Template {
  const cells = cellsByAddress(evidence, addresses)
  const options = [...cells]
    .map(([address, own]) => ({
      ...{ address, owners: own.owners },
      meanings: meaningsOf(own, evidence).filter(({ assigned }) => {
        const taken = other.get(addresses.texts[address]!)
        return !taken || figureKey(taken) !== figureKey(assigned)
      }),
    }))
    .filter(({ meanings }) => meanings.length > 0)
    .sort((a, b) => b.meanings[0]!.score - a.meanings[0]!.score)
  const template: Template = { roles: new Map(), score: 0 }
  const taken = new Map<Meaning['assigned'], Set<RecordAnchor>[]>()
  const assign = (address: number, { assigned, score, rate }: Meaning) => {
    template.roles.set(addresses.texts[address]!, { ...assigned, rate })
    template.score += score
  }
  const chosen = new Map<number, Meaning>()
  for (const { address, owners, meanings } of options) {
    const meaning = meanings.find(
      ({ assigned }) => !(taken.get(assigned) ?? []).some((other) => overlap(other, owners)),
    )
    if (!meaning) continue
    taken.set(meaning.assigned, [...(taken.get(meaning.assigned) ?? []), owners])
    chosen.set(address, meaning)
    assign(address, meaning)
  }
  for (const [address, meaning] of rareMeanings(chosen, cells, evidence)) {
    chosen.set(address, meaning)
    assign(address, meaning)
  }
  template.score += weights.stray * straysIn(evidence, addresses, template.roles)
  for (const [address, { assigned, rate }] of saidMeanings(chosen, cells, evidence))
    template.roles.set(addresses.texts[address]!, { ...assigned, rate })
  return template
}

/** Numbers that mean nothing where hardly another record has one: they may be somebody's that is not known. */
function straysIn(
  { placed }: Evidence,
  { of, texts }: Addresses,
  known: ReadonlyMap<string, Assigned>,
): number {
  const counts = texts.map(() => 0)
  for (const [at, { value }] of placed.entries()) if (value.kind === 'number') counts[of[at]!]! += 1
  return counts
    .filter((count, address) => count <= weights.fewRecords && !known.has(texts[address]!))
    .reduce((sum, count) => sum + count, 0)
}

/**
 * An address that few records have means what is lacking in all of them and stands there, where words say so or the
 * figure is no small one: a reader does not ask whether others word it alike.
 */
function rareMeanings(
  known: ReadonlyMap<number, Meaning>,
  cells: ReadonlyMap<number, AddressCells>,
  evidence: Evidence,
): Map<number, Meaning> {
  const shown = new Map<RecordAnchor, Set<string>>()
  const claim = ({ firsts }: AddressCells, { assigned, index }: Meaning) => {
    for (const at of firsts) {
      if (likelihoodAt(evidence, at, index) <= 0) continue
      const owner = evidence.placed[at]!.owner!
      shown.set(owner, (shown.get(owner) ?? new Set()).add(figureKey(assigned)))
    }
  }
  const open = [...cells].filter(([address, { repeats }]) => !known.has(address) && repeats === 0)
  const found = new Map<number, Meaning>()
  if (open.length === 0) return found
  for (const [address, meaning] of known) claim(cells.get(address)!, meaning)
  for (const [address, own] of open) {
    const fits = ({ assigned }: Meaning) =>
      own.firsts.every((at) => {
        const each = evidence.placed[at]!
        return !shown.get(each.owner!)?.has(figureKey(assigned)) && finds(each, assigned, evidence.context)
      })
    const [meaning] = evidence.figures
      .map((_, index) => meaningOf(own, index, evidence))
      .filter((each) => fits(each) && isSaid(own, each, evidence))
      .sort((a, b) => b.score - a.score)
    if (!meaning) continue
    found.set(address, meaning)
    claim(own, meaning)
  }
  return found
}

/** What words say in full where nothing else is it: a report may show wrong figures in a whole column. */
function saidMeanings(
  known: ReadonlyMap<number, Meaning>,
  cells: ReadonlyMap<number, AddressCells>,
  evidence: Evidence,
): Map<number, Meaning> {
  const taken = new Set([...known.values()].map(({ assigned }) => figureKey(assigned)))
  return new Map(
    [...cells].flatMap(([address, own]): [number, Meaning][] => {
      if (known.has(address)) return []
      const { types, figure } = evidence.placed[own.firsts[0]!]!.cellAddress
      if (figure === null || figure === 'other') return []
      const isMeant = (one: Figure) =>
        types.includes(one.type) &&
        (figure === 'limit') === (one.role === 'limit') &&
        !taken.has(figureKey(one))
      const meant = evidence.figures
        .flatMap((one, index) => (isMeant(one) ? [meaningOf(own, index, evidence)] : []))
        .sort((a, b) => b.score - a.score)
      const isOne = new Set(meant.map(({ assigned }) => figureKey(assigned))).size === 1
      return isOne ? [[address, meant[0]!]] : []
    }),
  )
}

/** Whether a quantity is a figure that its owner has to show. */
function finds({ owner, value }: Placed, { type, role }: Figure, context: ExpectedFigures): boolean {
  const number = value.kind === 'number' ? value.value : value.kind === 'zero' && role === 'limit' ? 0 : null
  return number !== null && owner!.candidates.some((at) => context.expected(at, type, role) === number)
}

/** Words around the quantities say what they are, or, where none do, each is a figure that hardly stands there by chance. */
function isSaid({ firsts }: AddressCells, { assigned }: Meaning, { placed }: Evidence): boolean {
  return firsts.every((at) => {
    const { cellAddress, value } = placed[at]!
    const said = labelled(cellAddress, assigned)
    return said > 0 || (said === 0 && Number(value.value) >= weights.telling)
  })
}

/** How well meanings that are known explain their addresses, by the same measure. */
export function scoreOf(
  evidence: Evidence,
  addresses: Addresses,
  known: ReadonlyMap<string, Assigned>,
): number {
  let sum = weights.stray * straysIn(evidence, addresses, known)
  for (const [address, cells] of cellsByAddress(evidence, addresses)) {
    const meaning = known.get(addresses.texts[address]!)
    const index = evidence.figures.findIndex(
      ({ type, role }) => type === meaning?.type && role === meaning.role,
    )
    if (index >= 0) sum += meaningOf(cells, index, evidence).score
  }
  return sum
}

/** The quantities of one address, by their places in the evidence: the first of each record, and how many more there are. */
interface AddressCells {
  firsts: number[]
  owners: Set<RecordAnchor>
  repeats: number
}

function cellsByAddress({ placed }: Evidence, { of }: Addresses): Map<number, AddressCells> {
  const found = new Map<number, AddressCells>()
  for (const [at, each] of placed.entries()) {
    if (!isCell(each)) continue
    const { owner, value } = each
    const address = of[at]!
    const known = found.get(address) ?? { firsts: [], owners: new Set(), repeats: 0 }
    found.set(address, known)
    if (known.owners.has(owner!)) known.repeats += value.kind === 'number' ? 1 : 0
    else {
      known.firsts.push(at)
      known.owners.add(owner!)
    }
  }
  return found
}

/** Whether two addresses stand in the same records, but for a few. */
function overlap(one: Set<RecordAnchor>, two: Set<RecordAnchor>): boolean {
  const [small, large] = one.size < two.size ? [one, two] : [two, one]
  let both = 0
  for (const each of small) if (large.has(each)) both += 1
  return both > 0.1 * small.size
}

/** What the quantities of one address may mean, the likeliest first; only what is likelier than nothing. */
function meaningsOf(cells: AddressCells, evidence: Evidence): Meaning[] {
  return evidence.figures
    .map((_, index) => meaningOf(cells, index, evidence))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
}

function meaningOf({ firsts, repeats }: AddressCells, index: number, evidence: Evidence): Meaning {
  const { placed, figures } = evidence
  const assigned = figures[index]!
  let score: number = weights.meaning + repeats * weights.repeat
  let matches = 0
  let numbers = 0
  for (const at of firsts) {
    const likelihood = likelihoodAt(evidence, at, index)
    score += likelihood
    if (placed[at]!.value.kind !== 'number') continue
    numbers += 1
    if (likelihood > 0) matches += 1
  }
  const step = Math.max(1, Math.floor(firsts.length / 5))
  let said = 0
  let asked = 0
  for (let at = 0; at < firsts.length; at += step, asked += 1)
    said += labelled(placed[firsts[at]!]!.cellAddress, assigned)
  said /= asked
  // Words do not make many small meanings better than a few large ones.
  score += said > 0 ? said * Math.min(1, (firsts.length - 1) / weights.wellSupported) : said
  return { assigned, index, score, rate: numbers > 0 ? matches / numbers : 1 }
}

/** What the words around a quantity say for or against a meaning. */
function labelled({ types, figure }: CellAddress, { type, role }: Figure): number {
  let score = 0
  if (types.length === 1) score += types[0] === type ? weights.sameType : weights.otherType
  else if (types.length > 1) score += types.includes(type) ? weights.oneOfTypes : weights.otherType
  if (figure === null) return score
  if (figure === 'other') return score + weights.otherFigure
  const isLimit = role === 'limit'
  if ((figure === 'limit') !== isLimit) return score + weights.otherFigure
  if (figure === 'usage') return score
  return score + (figure === role ? weights.sameFigure : weights.otherUsage)
}
