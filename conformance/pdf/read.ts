import { continueRows } from './continued.ts'
import type { Facts } from './expectation.ts'
import { continuations } from './flow.ts'
import { Headers } from './headers.ts'
import { identify, type Passage } from './identify.ts'
import { withoutLabels } from './label-names.ts'
import { type Mention, Names } from './names.ts'
import { fold } from './normalize.ts'
import { joinParagraphs } from './paragraphs.ts'
import { type Assigned, assignRoles, type Placed } from './roles.ts'
import { completeRatios, slotOf } from './slots.ts'
import { findSubjects, type Subject } from './subjects.ts'
import { divide, type Territory } from './territory.ts'
import { type Line, type Page, type Segment, textOf } from './text.ts'
import { type Content, readContents } from './values.ts'
import { Labels, summary } from './vocabulary.ts'

/** The document as understood: who is spoken of where, and what is said of them. */
export interface Understood {
  lines: Line[]
  passages: Passage[]
  subjects: Subject[]
  territories: Territory[]
  mentions: Mention[]
  /** Mentions that no passage is about. */
  others: Mention[]
  contents: Map<Segment, Content>
  roles: Map<string, Assigned>
  placed: Placed[]
  labels: Labels
}

/** Reads the pages with the data as guide: what the layout means is what explains most of the document. */
export function understand(pages: Page[], facts: Facts): Understood {
  const planes = pages.flatMap((page) => page.planes)
  const lines = planes.flatMap((plane) => plane.lines)
  const segments = lines.flatMap((line) => line.segments)
  const labels = new Labels(facts.types)
  const found = new Names(facts.organizations).find(segments, continuations(planes))
  const mentions = withoutLabels(found, facts.organizations, labels)
  const contents = readContents(lines, mentions, pages.length)
  splitNumbers(contents, facts)
  joinParagraphs(planes, contents, labels)
  const { subjects, others } = findSubjects(mentions, contents, facts)
  attachIdentifiers(subjects, mentions)
  const counts = new Map<string, number>()
  for (const segment of segments) {
    const key = labelKey(textOf(segment.words))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const recurring = (text: string) => (counts.get(labelKey(text)) ?? 0) >= Math.max(2, 0.3 * subjects.length)
  const isRepeated = (text: string) => subjects.length < 3 || (counts.get(labelKey(text)) ?? 0) > 1
  const isLabel = (text: string) => {
    const { types, figures } = labels.read(text)
    return types.length > 0 || (figures.length > 0 && !summary.test(text))
  }
  const territories = divide(planes, subjects, contents, facts, isLabel, isRepeated)
  continueRows(territories, subjects)
  const owners = new Set(subjects.flatMap((subject) => subject.segments))
  const headers = new Headers(planes, contents, (segment) => owners.has(segment), labels)
  const context = { contents, headers, labels, recurring }
  const placed: Placed[] = territories.flatMap(({ owned }) =>
    owned.map((each) => ({ ...each, slot: slotOf(each.value, context) })),
  )
  completeRatios(placed.map(({ slot }) => slot))
  const roles = assignRoles(placed, facts)
  const passages = passagesOf(subjects, placed, roles, headers)
  identify(passages, facts)
  return { lines, passages, subjects, territories, mentions, others, contents, roles, placed, labels }
}

function labelKey(text: string): string {
  return fold(text).replace(/\d+/g, '#')
}

/** `12 500` is one number, unless the data knows both parts and not the whole. */
function splitNumbers(contents: Map<Segment, Content>, facts: Facts): void {
  for (const content of contents.values())
    for (const value of content.values) {
      if (value.parts.length === 0 || facts.isExpectedAnywhere(value.value as number)) continue
      if (!value.parts.every((part) => facts.isExpectedAnywhere(part.value))) continue
      // Keeps the first; the others follow as values of their own.
      const at = content.values.indexOf(value)
      const parts = value.parts.map((part) => ({
        ...value,
        value: part.value,
        text: content.text.slice(part.start, part.end),
        parts: [],
        start: part.start,
        end: part.end,
        from: part.start,
        to: part.end,
      }))
      content.values.splice(at, 1, ...parts)
    }
}

function attachIdentifiers(subjects: Subject[], mentions: Mention[]): void {
  const byLine = new Map<Line, Subject[]>()
  for (const subject of subjects)
    for (const segment of subject.segments) {
      const list = byLine.get(segment.line)
      if (list) list.push(subject)
      else byLine.set(segment.line, [subject])
    }
  const sorted = [...subjects]
  for (const mention of mentions) {
    if (mention.kind !== 'id') continue
    const { segment } = mention.stretches[0]
    const beside = byLine.get(segment.line) ?? sorted.filter((subject) => isBelow(segment, subject))
    const fitting = beside.filter((subject) =>
      subject.candidates.some((at) => mention.candidates.includes(at)),
    )
    const left = fitting.filter(({ x }) => x <= segment.x0)
    for (const subject of left.length > 0 ? left.slice(-1) : fitting.slice(0, 1))
      subject.ids.push(...mention.candidates)
  }
}

function isBelow(segment: Segment, { plane, box, line }: Subject): boolean {
  const drop = segment.line.y - box.y1
  return (
    segment.line.plane === plane &&
    drop > -2 * line.size &&
    drop < 2.5 * line.size &&
    Math.abs(segment.x0 - box.x0) < 40
  )
}

function passagesOf(
  subjects: Subject[],
  placed: Placed[],
  roles: Map<string, Assigned>,
  headers: Headers,
): Passage[] {
  const values = new Map<Subject, Passage['values']>()
  const shows = new Set<string>()
  const counts = new Map<string, number>()
  for (const { slot, owner } of placed)
    if (owner && owner.candidates.length > 0) counts.set(slot.id, (counts.get(slot.id) ?? 0) + 1)
  for (const each of placed) {
    const assigned = roles.get(each.slot.id)
    if (!assigned) continue
    if (!each.owner || each.owner.candidates.length === 0) continue
    if ((counts.get(each.slot.id) ?? 0) >= 0.2 * subjects.length)
      shows.add(`${assigned.type}|${assigned.role}`)
    const list = values.get(each.owner) ?? []
    // The first of its slot is the organization's; further ones belong to sums and legends that follow.
    if (!list.some(({ slot }) => slot.id === each.slot.id)) list.push({ ...each, assigned })
    values.set(each.owner, list)
  }
  for (const [subject, list] of values) values.set(subject, withoutOddities(list, counts))
  const speaking = subjects.filter((subject) => values.has(subject))
  const heard = new Set(speaking.flatMap((subject) => subject.candidates))
  const silent = subjects.filter(
    (subject) => !values.has(subject) && subject.candidates.every((at) => !heard.has(at)),
  )
  return [...speaking, ...silent].map((subject) => ({
    subject,
    values: values.get(subject) ?? [],
    shows,
    section: headers.section(subject.line),
    organization: null,
    repeats: false,
  }))
}

/** A figure that only few passages have, that fits none of them, and whose place another one fills, is some sum. */
function withoutOddities(list: Passage['values'], counts: Map<string, number>): Passage['values'] {
  const count = ({ slot }: Placed) => counts.get(slot.id) as number
  return list.filter(
    (each) =>
      each.assigned.rate >= 0.5 ||
      !list.some(
        (other) =>
          other !== each &&
          other.assigned.type === each.assigned.type &&
          (other.assigned.role === 'limit') === (each.assigned.role === 'limit') &&
          other.assigned.rate > 0.5 &&
          count(other) >= 3 * count(each),
      ),
  )
}
