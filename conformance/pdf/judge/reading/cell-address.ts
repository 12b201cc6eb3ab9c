import type { Line, Segment } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { type Figure, joints } from '../vocabulary/vocabulary.ts'
import { cellsBefore } from './cells-before.ts'
import { figureOf, type Parts, type Ratio } from './figure.ts'
import type { Headers } from './headers.ts'
import type { Column } from './heads.ts'
import { fold } from './normalize.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Content, Flow, Value } from './values.ts'
import { clauseEnd, leadOf, shareWords } from './words-between.ts'

/** What the surroundings of a value say of it. Values with the same id are the same figure of different organizations. */
export interface CellAddress {
  id: string
  /** The same in whatever section of the document it stands. */
  whole: string
  /** Types that the labels name, likeliest first; empty: they name none. */
  types: string[]
  figure: Figure | null
  /** The same place whatever it shows there: `12` and `12 / 50` in one column. */
  place: string
  /** Whether words in the same line say so, and not only a head somewhere above. */
  near: boolean
  /** In `12 / 50`: which part it is; empty where a value stands alone. */
  ratio: Ratio
}

/** Where a place shows `12 / 50` for some, a single value there is the first part: nothing limits it. */
export function completeRatios<Cell extends { cellAddress: CellAddress }>(cells: Cell[]): Cell[] {
  const firsts = new Map<string, CellAddress>()
  for (const { cellAddress } of cells)
    if (cellAddress.ratio === 'first' && !firsts.has(cellAddress.place))
      firsts.set(cellAddress.place, cellAddress)
  return cells.map((cell) => {
    const { ratio, figure, place } = cell.cellAddress
    const first = ratio === '' && (figure === null || figure === 'usage') ? firsts.get(place) : undefined
    return first ? { ...cell, cellAddress: first } : cell
  })
}

export interface Context {
  contents: Map<Segment, Content>
  headers: Headers
  labels: Labels
  /** The label on a line of its own beside a figure. */
  stacked(value: Value): Column | null
  /** How often a text stands in the document. */
  recurring(text: string): boolean
  /** The line of another page that a line goes on with. */
  continued: ReadonlyMap<Line, Line>
}

/** The addresses of cells: a report has tens of thousands of cells and tens of addresses, and one object for each of these. */
export class CellAddresses {
  readonly #context: Context
  readonly #known = new Map<string, CellAddress>()
  /** Of figures that are alone in their cells, by their column and what stands before them. */
  readonly #alone = new WeakMap<object, Map<string, CellAddress>>()

  constructor(context: Context) {
    this.#context = context
  }

  of(value: Value, owner: RecordAnchor | null): CellAddress {
    const { text, values, mentions } = this.#context.contents.get(value.segment)!.flow
    const isAlone = values.length === 1 && mentions.length === 0 && value.to - value.from === text.length
    return isAlone ? this.#ofAlone(value) : this.#distinct(cellAddressOf(value, owner, this.#context))
  }

  #ofAlone(value: Value): CellAddress {
    const rowLabel = rowLabelOf(value, this.#context)
    const column = columnOf(value, rowLabel, this.#context)
    const own = this.#alone.get(column ?? this) ?? new Map<string, CellAddress>()
    this.#alone.set(column ?? this, own)
    const key = `${value.kind}|${rowLabel}`
    const known = own.get(key)
    if (known) return known
    const content = this.#context.contents.get(value.segment)!.flow
    const parts = { own: '', tail: '', lead: '', rowLabel, column, at: 0, content }
    const address = this.#distinct(combine(value, parts, this.#context))
    // What neither label nor column says a title above may say, which is another one further down.
    const isSaid = [rowLabel, column?.leaf ?? '', column?.groups[0] ?? ''].some(
      (label) => this.#context.labels.typesIn(label).size > 0,
    )
    if (isSaid) own.set(key, address)
    return address
  }

  #distinct(address: CellAddress): CellAddress {
    const { id, place, types, figure, near } = address
    const key = `${id}|${place}|${types}|${figure}|${near}`
    const same = this.#known.get(key) ?? address
    this.#known.set(key, same)
    return same
  }
}

/** "Users – limit" left of a figure says all; heads above it are those of another table, or name the organization. */
function columnOf(value: Value, rowLabel: string, context: Context): Column | null {
  if (saysAll(rowLabel, context.labels)) return null
  return context.headers.column(value) ?? (rowLabel ? null : context.stacked(value))
}

function cellAddressOf(value: Value, owner: RecordAnchor | null, context: Context): CellAddress {
  const { contents } = context
  const content = contents.get(value.segment)!.flow
  const { text } = content
  const at = content.values.indexOf(value)
  const previous = content.values[at - 1]
  const next = content.values[at + 1]
  // The name of an organization that is not known is none of the words around its figures.
  const unknown = owner?.candidates.length === 0 && text.includes(owner.text) ? owner.text : ''
  const ends = [...content.mentions.map(([, end]) => end), text.indexOf(unknown) + unknown.length]
  const mentioned = Math.max(0, ...ends.filter((end) => end <= value.from))
  const from = Math.max(previous?.to ?? 0, mentioned)
  const before = text.slice(from, value.from)
  const ownLead = leadOf(content, mentioned)
  const lead = at > 0 ? ownLead : ''
  const isLabelled = /\p{L}/u.test(ownLead.replace(jointWords, ''))
  const after = text.slice(value.to, next?.from ?? text.length)
  const { own, tail } = shareWords(
    before,
    after,
    previous !== undefined,
    next !== undefined,
    lead,
    context.labels,
  )
  // `limit 50` says which figure, and leaves it to what stands beside or above to say of which type.
  const isOpen = !isLabelled || isTypeless(content, context.labels)
  const rowLabel = isOpen ? rowLabelOf(value, context) : ''
  const column = isOpen ? columnOf(value, rowLabel, context) : null
  return combine(value, { own, tail, lead, rowLabel, column, at, content }, context)
}

function saysAll(label: string, labels: Labels): boolean {
  const { types, figures } = labels.read(label)
  return types.length > 0 && figures.length > 0
}

/** A cell of its own with a word or two beside its only figure, none of which names a type. */
function isTypeless({ text, values, mentions }: Flow, labels: Labels): boolean {
  return (
    mentions.length === 0 && values.length === 1 && text.length < 40 && labels.read(text).types.length === 0
  )
}

const jointWords = new RegExp(`(?<!\\p{L})(?:${joints})(?!\\p{L})`, 'giu')
const joint = new RegExp(`^\\s*(?:[/\\\\∕⁄]|${joints})\\s*$`, 'iu')
const wordAfterJoint = new RegExp(`^\\s*(?:[/∕⁄]|${joints})\\s+\\p{L}`, 'iu')

/** The words before a value in its line, and where they name no type, the nearest before them that do. */
function rowLabelOf({ segment, line }: Value, context: Context): string {
  const { contents, recurring, labels, continued, headers } = context
  let nearest = ''
  const begun = continued.get(line)
  const before = [...cellsBefore(segment), ...(begun ? begun.segments.toReversed() : [])]
  for (const other of before) {
    const content = contents.get(other)!.flow
    if (content.mentions.length > 0) break
    const label = leadOf(content, 0)
    if (!/\p{L}/u.test(label)) continue
    const { types, figures } = labels.read(label)
    if (types.length > 0) return `${label.trim()} ${nearest}`.trim()
    // A status in a table says nothing of the figures behind it.
    const isSaid = figures.length > 0 || recurring(content.text)
    if (nearest === '' && isSaid && !headers.isCell(other)) nearest = label.trim()
  }
  return nearest
}

function combine(value: Value, parts: Parts, context: Context): CellAddress {
  const { labels, headers } = context
  const { own, tail, lead, rowLabel, column } = parts
  const said = labels.read(own)
  const follow = labels.read(tail)
  const ratio = ratioPlace(value, parts)
  const types: string[] = []
  const add = (...texts: string[]) => {
    for (const text of texts)
      for (const { what } of labels.read(text).types) if (!types.includes(what)) types.push(what)
  }
  let near = true
  let section = ''
  if (said.types.length > 0) types.push(said.types.at(-1)!.what)
  else if (follow.types.length > 0 && labels.read(lead).types.length === 0) types.push(follow.types[0]!.what)
  else if (ratio === 'first' && labels.read(lead).types.length === 0) add(unitAfterRatio(parts, labels))
  if (types.length === 0) add(typedBefore(parts, labels), rowLabel)
  if (types.length === 0) {
    near = false
    if (column) {
      add(column.leaf)
      // Where the likeliest spanning head speaks another language, its neighbours say nothing of this column.
      if (types.length === 0 && labels.read(column.groups[0] ?? '').types.length > 0) add(...column.groups)
    }
    if (types.length === 0) {
      const title = headers.title(value.line)
      if (labels.typesIn(title).size === 1) add(title)
      else section = fold(title)
    }
  } else if (types.length > 1) types.splice(1)
  const figure = figureOf(value, parts, ratio, labels)
  const told = [rowLabel, parts.at > 0 ? lead : '', column ? `${column.leaf}#${column.nth}` : '']
  const raw = told
    .filter(Boolean)
    .map((text) => fold(text).replace(/\d+(?!$)/g, '#'))
    .join('/')
  const label = types.length === 1 ? types[0] : `${types.join('/')}~${raw}`
  const words = figure ?? `${fold(own)}~${fold(tail).slice(0, 24)}`.replace(/\d+/g, '#')
  const place = column ? `@${fold(column.leaf)}#${column.nth}` : rowLabel ? `@${fold(rowLabel)}` : ''
  const whole = `${label}|${words}${place}|${ratio}`
  return {
    id: section ? `${whole}§${section}` : whole,
    whole,
    place: `${label}${place}`,
    types,
    figure,
    near,
    ratio,
  }
}

/** In `12 / 50 users` the unit of both numbers stands after the second. */
function unitAfterRatio({ content, at }: Parts, labels: Labels): string {
  const second = content.values[at + 1]
  if (!second) return ''
  const text = content.text.slice(second.to, content.values[at + 2]?.from)
  const end = [...text.matchAll(clauseEnd)][0]
  const { types } = labels.read(end ? text.slice(0, end.index) : text)
  return types[0]?.what ?? ''
}

/** The type named last before the value. */
function typedBefore({ content, at }: Parts, labels: Labels): string {
  for (let to = at; to >= 0; to -= 1) {
    const words = content.text.slice(content.values[to - 1]?.to ?? 0, content.values[to]!.from)
    const type = labels.typeOf(words)
    if (type !== null) return type
  }
  return ''
}

/** In `12 / 50`, `12 of 50 (24 %)`: which part it is; empty where it stands alone. */
function ratioPlace(value: Value, { content, at }: Parts): Ratio {
  const next = content.values[at + 1]
  const previous = content.values[at - 1]
  if (previous && joint.test(content.text.slice(previous.to, value.from))) return 'second'
  const after = content.text.slice(value.to, next?.from)
  // `12 of unlimited`: the second part may be a word in any language.
  if (next ? joint.test(after) : value.kind === 'number' && wordAfterJoint.test(after)) return 'first'
  if (
    previous &&
    ['zero', 'unlimited', 'word'].includes(value.kind) &&
    /^\s*[([]\s*(?:\p{L}+(?:\s+\p{L}+)?\s*)?$/u.test(content.text.slice(previous.to, value.from))
  )
    return 'second'
  return ''
}
