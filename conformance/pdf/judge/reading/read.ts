import type { Organization } from '../../../../fixtures/organization.ts'
import type { Line, Page, Segment } from '../../pages/page.ts'
import { Labels } from '../vocabulary/labels.ts'
import { reference, summary } from '../vocabulary/vocabulary.ts'
import { CellAddresses, completeRatios } from './cell-address.ts'
import { DividedPages } from './divide.ts'
import { addressesOf, weigh } from './evidence.ts'
import type { Assigned, ExpectedFigures } from './expectation.ts'
import { continuations } from './flow.ts'
import { Headers } from './headers.ts'
import { identify } from './identify.ts'
import { withoutLabels } from './label-names.ts'
import { legendIn } from './legend.ts'
import { findListed, type Listed } from './listed.ts'
import { type Mention, Names } from './names.ts'
import { wordsOf } from './normalize.ts'
import type { Ownership, Placed } from './ownership.ts'
import { joinParagraphs } from './paragraphs.ts'
import { type Passage, passagesOf } from './passages.ts'
import { type RecordAnchor, unknownAnchor } from './record-anchor.ts'
import { findAnchors } from './record-anchors.ts'
import { findResembling } from './resembling-names.ts'
import { splitNumbers } from './split-numbers.ts'
import { stackedLabels } from './stacked-labels.ts'
import { fitTemplate } from './template.ts'
import { type Content, readContents, withoutWrapDashes } from './values.ts'
import { readWords, settleWords } from './words.ts'

/** The document as understood: who is spoken of where, and what is said of them. */
export interface Understood {
  lines: Line[]
  passages: Passage[]
  anchors: RecordAnchor[]
  ownerships: Ownership[]
  mentions: Mention[]
  /** Mentions that no passage is about. */
  others: Mention[]
  /** Where organizations that must not appear are named. */
  listed: Listed[]
  contents: Map<Segment, Content>
  roles: Map<string, Assigned>
  placed: Placed[]
  labels: Labels
  headers: Headers
  /** All values with what stands around each, before words in place of figures are told. */
  addressed: Placed[]
  /** Where organizations of others are named. */
  known: RecordAnchor[]
  /** Whether a text is a label wherever it stands, and whether it stands in the report more than once. */
  isLabel(text: string): boolean
  isRepeated(text: string): boolean
}

/** Reads the pages with the data as guide: what the layout means is what explains most of the document. */
export function understand(pages: Page[], facts: ExpectedFigures, foreign: Organization[] = []): Understood {
  const layers = pages.flatMap((page) => page.layers)
  const lines = layers.flatMap((layer) => layer.lines)
  const segments = lines.flatMap((line) => line.segments)
  const labels = new Labels(facts.types)
  for (const [sign, meaning] of legendIn(segments, labels)) labels.learn(sign, meaning)
  const below = continuations(layers)
  const spelled = new Names(facts.organizations).find(segments, below)
  const resembling = findResembling(segments, facts.organizations, spelled)
  const found = resembling.length > 0 ? inOrder(segments, [...spelled, ...resembling]) : spelled
  const bySegment = Map.groupBy(found, ({ stretches: [{ segment }] }) => segment)
  const whole = found.filter((each) => isWhole(each, bySegment.get(each.stretches[0].segment)!))
  const mentions = withoutLabels(whole, facts.organizations, labels)
  const stated = withoutWrapDashes(readContents(lines, mentions, pages.length, labels), below)
  const contents = splitNumbers(stated, facts)
  joinParagraphs(layers, contents, labels, facts)
  const { anchors, others } = findAnchors(mentions, contents, facts)
  attachIdentifiers(anchors, mentions)
  const counts = new Map<string, number>()
  for (const segment of segments) {
    const key = wordsOf(segment.text)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const recurring = (text: string) => (counts.get(wordsOf(text)) ?? 0) >= Math.max(2, 0.3 * anchors.length)
  const isRepeated = (text: string) => anchors.length < 3 || (counts.get(wordsOf(text)) ?? 0) > 1
  const isLabel = (text: string) => {
    // Nobody stands in a report as often as words that belong to every organization.
    if ((counts.get(wordsOf(text)) ?? 0) > Math.max(3, 0.3 * anchors.length)) return true
    const { types, figures } = labels.read(text)
    return types.length > 0 || (figures.length > 0 && !summary.test(text))
  }
  const owners = new Set(anchors.flatMap((anchor) => anchor.segments))
  const headers = new Headers(layers, contents, (segment) => owners.has(segment), labels)
  readWords(contents, headers, labels)
  const listed = findListed(layers, mentions, facts.organizations, foreign)
  const known = listed
    .filter(({ mention }) => mention.kind === 'name')
    .map(({ mention, organization }) => {
      const { segment } = mention.stretches[0]
      return unknownAnchor(segment.line.layer, segment, organization.name)
    })
  const pagesOfNames = new DividedPages(anchors, { contents, known, isLabel, isRepeated })
  const layout = pagesOfNames.commonLayout(layers, facts)
  const { ownerships, continued } = pagesOfNames.divide(layers, layout)
  const stacked = stackedLabels(lines, contents, labels)
  const addresses = new CellAddresses({ contents, headers, labels, stacked, recurring, continued })
  const placed: Placed[] = completeRatios(
    ownerships.flatMap(({ owned }) =>
      owned.map(({ value, owner, carried }): Placed => {
        return { value, owner, carried, cellAddress: addresses.of(value, owner) }
      }),
    ),
  )
  let divided = 0
  for (const ownership of ownerships) {
    const start = divided
    divided += ownership.owned.length
    ownership.owned = placed.slice(start, divided)
  }
  const evidence = weigh(
    placed.filter(({ cellAddress }) => cellAddress.figure !== 'other'),
    facts,
  )
  const roles = fitTemplate(
    evidence,
    addressesOf(evidence, ({ cellAddress }) => cellAddress.id),
  ).roles
  const settled = settleWords(placed, roles, facts)
  const passages = passagesOf(anchors, settled, roles, headers)
  identify(passages, facts)
  const read = { lines, passages, anchors, ownerships, mentions, others, listed, contents, roles }
  return { ...read, placed: settled, addressed: placed, labels, known, headers, isLabel, isRepeated }
}

function inOrder(segments: Segment[], mentions: Mention[]): Mention[] {
  const order = new Map(segments.map((segment, at) => [segment, at]))
  const placeOf = ({ stretches: [{ segment }] }: Mention) => order.get(segment)!
  return mentions.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** `No limit` with `50` in the row below is no "Limit 50": names that are broken begin where their cell or path does. */
function isWhole({ stretches }: Mention, beside: Mention[]): boolean {
  const [{ segment, start }] = stretches
  if (stretches.length === 1 || segment.words.length > 3) return true
  const before = segment.text.slice(0, start).trimEnd()
  if (!/\p{L}$/u.test(before) || reference.test(before)) return true
  return beside.some(({ stretches: [{ end }] }) => end === before.length)
}

function attachIdentifiers(anchors: RecordAnchor[], mentions: Mention[]): void {
  const named = Map.groupBy(
    anchors.flatMap((anchor) => anchor.segments.map(({ line }) => ({ line, anchor }))),
    ({ line }) => line,
  )
  for (const mention of mentions) {
    if (mention.kind !== 'id') continue
    const { segment } = mention.stretches[0]
    const beside =
      named.get(segment.line)?.map(({ anchor }) => anchor) ??
      anchors.filter((anchor) => isBelow(segment, anchor))
    const fitting = beside.filter((anchor) => anchor.candidates.some((at) => mention.candidates.includes(at)))
    const left = fitting.filter(({ x }) => x <= segment.x0)
    for (const anchor of left.length > 0 ? left.slice(-1) : fitting.slice(0, 1))
      anchor.ids.push(...mention.candidates)
  }
}

function isBelow(segment: Segment, { layer, box, line }: RecordAnchor): boolean {
  const drop = segment.line.y - box.y1
  return (
    segment.line.layer === layer &&
    drop > -2 * line.size &&
    drop < 2.5 * line.size &&
    Math.abs(segment.x0 - box.x0) < 40
  )
}
