import type { ExpectedFigures, Role } from '../reading/expectation.ts'
import type { Assigned, Placed } from '../reading/roles.ts'
import type { Slot } from '../reading/slots.ts'
import type { Subject } from '../reading/subjects.ts'
import { weights } from './weights.ts'

const roles: readonly Role[] = ['subtree', 'direct', 'limit']

/** What each address means, and how much likelier the document is with it than without any meaning. */
export interface Template {
  roles: Map<string, Assigned>
  score: number
}

interface Meaning extends Assigned {
  score: number
}

/** Quantities with their addresses that have an owner who is known. */
export interface Addressed {
  each: Placed
  address: string
}

/** The meaning of each address that explains most: every figure once in a record. */
export function fitTemplate(addressed: Addressed[], context: ExpectedFigures): Template {
  const addresses = cellsByAddress(addressed)
  const options = [...addresses]
    .map(([address, cells]) => ({ address, owners: cells.owners, meanings: meaningsOf(cells, context) }))
    .filter(({ meanings }) => meanings.length > 0)
    .sort((a, b) => b.meanings[0]!.score - a.meanings[0]!.score)
  const template: Template = { roles: new Map(), score: 0 }
  const taken = new Map<string, Set<Subject>[]>()
  for (const { address, owners, meanings } of options) {
    const meaning = meanings.find(
      (each) => !(taken.get(key(each)) ?? []).some((other) => overlap(other, owners)),
    )
    if (!meaning) continue
    taken.set(key(meaning), [...(taken.get(key(meaning)) ?? []), owners])
    template.roles.set(address, meaning)
    template.score += meaning.score
  }
  explainRare(template, addresses, context)
  template.score += weights.stray * straysIn(addressed, template.roles)
  return template
}

/** Numbers that mean nothing where hardly another record has one: they may be somebody's that is not known. */
function straysIn(addressed: Addressed[], known: ReadonlyMap<string, Assigned>): number {
  const counts = new Map<string, number>()
  for (const { each, address } of addressed)
    if (each.value.kind === 'number' && !known.has(address))
      counts.set(address, (counts.get(address) ?? 0) + 1)
  let strays = 0
  for (const count of counts.values()) if (count <= weights.fewRecords) strays += count
  return strays
}

/**
 * An address that few records have means what is lacking in all of them and stands there, where words say so or the
 * figure is no small one: a reader does not ask whether others word it alike.
 */
function explainRare(
  template: Template,
  addresses: Map<string, AddressCells>,
  context: ExpectedFigures,
): void {
  const shown = new Map<Subject, Set<string>>()
  const claim = (cells: Placed[], type: string, role: Role) => {
    for (const each of cells) {
      if (likelihoodOf(each, type, role, context) <= 0) continue
      const claims = shown.get(each.owner!) ?? new Set()
      shown.set(each.owner!, claims.add(figureKey(type, role)))
    }
  }
  for (const [address, { firsts }] of addresses) {
    const meaning = template.roles.get(address)
    if (meaning) claim(firsts, meaning.type, meaning.role)
  }
  for (const [address, cells] of addresses) {
    if (template.roles.has(address) || cells.repeats > 0) continue
    const fits = ({ type, role }: Meaning) =>
      cells.firsts.every(
        (each) => !shown.get(each.owner!)?.has(figureKey(type, role)) && finds(each, type, role, context),
      )
    const [meaning] = context.types
      .flatMap((type) => roles.map((role) => meaningOf(cells, type, role, context)))
      .filter((each) => fits(each) && isSaid(cells, each))
      .sort((a, b) => b.score - a.score)
    if (!meaning) continue
    template.roles.set(address, meaning)
    template.score += meaning.score
    claim(cells.firsts, meaning.type, meaning.role)
  }
}

const figureKey = (type: string, role: Role) => `${type}|${role === 'limit' ? 'limit' : 'usage'}`

/** Whether a quantity is a figure that its owner has to show. */
function finds({ owner, value }: Placed, type: string, role: Role, context: ExpectedFigures): boolean {
  const number = value.kind === 'number' ? value.value : value.kind === 'zero' && role === 'limit' ? 0 : null
  return number !== null && owner!.candidates.some((at) => context.expected(at, type, role) === number)
}

/** Words around the quantities say what they are, or, where none do, each is a figure that hardly stands there by chance. */
function isSaid({ firsts }: AddressCells, { type, role }: Meaning): boolean {
  return firsts.every((each) => {
    const said = labelled(each.slot, type, role)
    return said > 0 || (said === 0 && Number(each.value.value) >= weights.telling)
  })
}

/** How well meanings that are known explain their addresses, by the same measure. */
export function scoreOf(
  addressed: Addressed[],
  known: ReadonlyMap<string, Assigned>,
  context: ExpectedFigures,
): number {
  let sum = weights.stray * straysIn(addressed, known)
  for (const [address, cells] of cellsByAddress(addressed)) {
    const meaning = known.get(address)
    if (meaning) sum += meaningOf(cells, meaning.type, meaning.role, context).score
  }
  return sum
}

/** The quantities of one address: the first of each record, and how many more there are. */
interface AddressCells {
  firsts: Placed[]
  owners: Set<Subject>
  repeats: number
}

function cellsByAddress(addressed: Addressed[]): Map<string, AddressCells> {
  const found = new Map<string, AddressCells>()
  for (const { each, address } of addressed) {
    if (!isCell(each)) continue
    const known = found.get(address) ?? { firsts: [], owners: new Set(), repeats: 0 }
    found.set(address, known)
    if (known.owners.has(each.owner!)) known.repeats += each.value.kind === 'number' ? 1 : 0
    else known.firsts.push(each)
    known.owners.add(each.owner!)
  }
  return found
}

/** Neither a share nor carried over from elsewhere, and its owner may be somebody. */
export function isCell({ owner, carried, value }: Placed): boolean {
  return owner !== null && owner.candidates.length > 0 && !carried && value.kind !== 'percent'
}

const key = ({ type, role }: Assigned) => `${type}|${role}`

/** Whether two addresses stand in the same records, but for a few. */
function overlap(one: Set<Subject>, two: Set<Subject>): boolean {
  const [small, large] = one.size < two.size ? [one, two] : [two, one]
  let both = 0
  for (const each of small) if (large.has(each)) both += 1
  return both > 0.1 * small.size
}

/** What the quantities of one address may mean, the likeliest first; only what is likelier than nothing. */
function meaningsOf(address: AddressCells, context: ExpectedFigures): Meaning[] {
  return context.types
    .flatMap((type) => roles.map((role) => meaningOf(address, type, role, context)))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
}

function meaningOf(
  { firsts, repeats }: AddressCells,
  type: string,
  role: Role,
  context: ExpectedFigures,
): Meaning {
  let score: number = weights.meaning + repeats * weights.repeat
  let matches = 0
  let numbers = 0
  for (const each of firsts) {
    const likelihood = likelihoodOf(each, type, role, context)
    score += likelihood
    if (each.value.kind !== 'number') continue
    numbers += 1
    if (likelihood > 0) matches += 1
  }
  const step = Math.max(1, Math.floor(firsts.length / 5))
  const slots = firsts.filter((_, at) => at % step === 0).map(({ slot }) => slot)
  const said = slots.reduce((sum, slot) => sum + labelled(slot, type, role), 0) / slots.length
  // Words do not make many small meanings better than a few large ones.
  score += said > 0 ? said * Math.min(1, (firsts.length - 1) / weights.wellSupported) : said
  return { type, role, score, rate: numbers > 0 ? matches / numbers : 1 }
}

/** How much likelier a quantity is as this figure of its owner than as some other. */
function likelihoodOf({ owner, value }: Placed, type: string, role: Role, context: ExpectedFigures): number {
  const expected = owner!.candidates.map((at) => context.expected(at, type, role))
  const nothing = role === 'limit' ? null : 0
  // Whoever has something to show is not explained without it.
  const shown = expected.every((figure) => figure !== nothing) ? weights.shown : 0
  if (value.kind === 'number')
    return expected.includes(value.value)
      ? shown + Math.min(weights.mostSurprise, context.surprise(value.value!))
      : weights.mismatch
  if (role !== 'limit') return expected.includes(0) ? weights.fittingBlank : weights.strayWord
  const says = value.kind === 'zero' ? [0] : value.kind === 'word' ? [0, null] : [null]
  if (!says.some((figure) => expected.includes(figure))) return weights.strayWord
  return weights.fittingWord + (value.kind === 'zero' ? shown : 0)
}

/** What the words around a quantity say for or against a meaning. */
function labelled({ types, figure }: Slot, type: string, role: Role): number {
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
