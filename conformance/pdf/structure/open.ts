import { mostReportedFaults } from '../limits.ts'
import type { Budget } from './budget.ts'
import { type Entry, effectiveEntries, readChain, readSection, type Section } from './cross-reference.ts'
import { type Encryption, readEncryption } from './encryption.ts'
import type { Framing } from './framing.ts'
import { PdfObjects } from './objects.ts'
import type { Problem } from './problem.ts'
import { findCatalog, indexObjectStreams, recoverTrailer, withScanned } from './recovery.ts'
import { scanDefinitions } from './scan.ts'
import type { OffsetError } from './transfer-corruption.ts'
import { type Dictionary, isCount, isName, Reference, type Value } from './values.ts'
import { correctEntries, misplacedObjects, misplacementProblems } from './xref-offsets.ts'

/** A file whose objects can be reached, by its cross-reference or, where that fails, by a scan. */
export interface OpenFile {
  objects: PdfObjects
  sections: Section[]
  trailer: Dictionary
  catalog: Dictionary | undefined
  encryption: Encryption | undefined
  offsetErrors: OffsetError[]
  problems: Problem[]
}

export function openFile(text: string, bytes: Buffer, framing: Framing, budget: Budget): OpenFile {
  const reference = readCrossReference(text, bytes, framing, budget)
  const { sections } = reference
  const listed = effectiveEntries(sections)
  const trailer = sections.find((section) => section.trailer.has('Root'))?.trailer
  const isRootLost = !leadsToObject(trailer?.get('Root'), listed)
  const misplaced = misplacedObjects(text, listed)
  const problems = [...reference.problems, ...sizeProblems(sections[0]?.trailer, listed)]
  if (misplaced.length === 0 && !isRootLost) {
    const objects = new PdfObjects(text, bytes, listed, budget)
    return { ...readRoot(objects, trailer, problems), sections, offsetErrors: reference.offsetErrors }
  }
  const definitions = scanDefinitions(text, budget)
  const { entries, offsetErrors } = correctEntries(listed, misplaced, definitions)
  if (reference.isFound) problems.push(...misplacementProblems(misplaced, listed.size, offsetErrors))
  if (reference.isFound && trailer && misplaced.length === 0) problems.push(unlistedCatalog)
  const all = isRootLost ? withScanned(entries, definitions) : entries
  const objects = new PdfObjects(text, bytes, all, budget)
  const recovered = trailer ?? recoverTrailer(text, definitions, budget)
  return {
    ...readRoot(objects, recovered, problems, isRootLost),
    sections,
    offsetErrors: [...reference.offsetErrors, ...offsetErrors],
  }
}

interface CrossReference extends Pick<OpenFile, 'sections' | 'offsetErrors' | 'problems'> {
  isFound: boolean
}

/** The sections that `startxref` leads to, or those near it where it leads to none. */
function readCrossReference(text: string, bytes: Buffer, framing: Framing, budget: Budget): CrossReference {
  const target = framing.startXref?.target
  const newest = target === undefined ? undefined : readSection(text, bytes, target, budget)
  const start = newest ?? nearbySection(text, bytes, framing, budget)
  const chain = start ? readChain(text, bytes, start, budget) : { sections: [], problems: [] }
  const isMoved = !newest && start !== undefined && target !== undefined
  return {
    isFound: start !== undefined,
    sections: chain.sections,
    offsetErrors: isMoved ? [{ expected: target, found: start.offset }] : [],
    problems: [
      ...(newest ? [] : [startProblem(framing)]),
      ...chain.problems,
      ...formatProblems(chain.sections),
    ],
  }
}

function readRoot(
  objects: PdfObjects,
  trailer: Dictionary | undefined,
  earlier: Problem[],
  isRootLost = false,
): Pick<OpenFile, 'objects' | 'trailer' | 'catalog' | 'encryption' | 'problems'> {
  const encryption = encryptionOf(objects, trailer)
  if (isRootLost) indexObjectStreams(objects)
  const { catalog, problems } = findRoot(objects, trailer)
  return { objects, trailer: trailer ?? new Map(), catalog, encryption, problems: [...earlier, ...problems] }
}

const unlistedCatalog: Problem = {
  code: 'cross-reference',
  severity: 'defect',
  section: '7.5.4',
  message: 'the cross-reference does not list the catalog',
}

function leadsToObject(value: Value | undefined, entries: Map<number, Entry>): boolean {
  return value instanceof Reference && (entries.get(value.number)?.kind ?? 'free') !== 'free'
}

function startProblem({ startXref }: Framing): Problem {
  const message = startXref
    ? `startxref says ${startXref.target}, where no cross-reference section stands`
    : 'no startxref that says where the cross-reference is'
  const place = startXref && { offset: startXref.offset }
  return { code: 'start-xref', severity: 'defect', section: '7.5.5', message, ...place }
}

/** The last section before `startxref`, for files whose offsets are wrong. */
function nearbySection(
  text: string,
  bytes: Buffer,
  { startXref }: Framing,
  budget: Budget,
): Section | undefined {
  const before = startXref?.offset ?? text.length
  const table = /(?<![a-z])xref[\0\t\n\f\r ]/g
  let last = -1
  for (let match = table.exec(text); match && match.index < before; match = table.exec(text))
    last = match.index
  const object = text.lastIndexOf(' obj', before)
  const lineStart = Math.max(text.lastIndexOf('\n', object), text.lastIndexOf('\r', object)) + 1
  const candidates = last > object ? [last, lineStart] : [lineStart, last]
  for (const offset of candidates) {
    const section = offset >= 0 ? readSection(text, bytes, offset, budget) : undefined
    if (section) return section
  }
  return undefined
}

function formatProblems(sections: Section[]): Problem[] {
  return sections
    .flatMap(({ offset, faults }) => faults.map((message) => ({ message, offset })))
    .slice(0, mostReportedFaults)
    .map((fault) => ({ code: 'cross-reference', severity: 'defect', section: '7.5.4', ...fault }))
}

function sizeProblems(trailer: Dictionary | undefined, entries: Map<number, Entry>): Problem[] {
  if (!trailer) return []
  const size = trailer.get('Size')
  let highest = 0
  for (const [number, { kind }] of entries) if (kind !== 'free' && number > highest) highest = number
  const message = !isCount(size)
    ? 'the trailer has no /Size'
    : highest >= size
      ? `the trailer's /Size is ${size}, but object ${highest} is in use`
      : size > 8_388_608
        ? `the trailer's /Size is ${size}, more than a PDF file can have objects`
        : undefined
  return message ? [{ code: 'trailer', severity: 'defect', section: '7.5.5', message }] : []
}

/** Marks the objects as encrypted where they are. */
function encryptionOf(objects: PdfObjects, trailer: Dictionary | undefined): Encryption | undefined {
  const dictionary = objects.dictionary(trailer, 'Encrypt')
  if (!dictionary) return undefined
  objects.isEncrypted = true
  return readEncryption(dictionary, objects.resolve)
}

function findRoot(
  objects: PdfObjects,
  trailer: Dictionary | undefined,
): { catalog: Dictionary | undefined; problems: Problem[] } {
  const root = objects.dictionary(trailer, 'Root')
  if (root && isName(objects.get(root, 'Type'), 'Catalog')) return { catalog: root, problems: [] }
  if (objects.hasClosedObjects) return { catalog: undefined, problems: [] }
  const message = !trailer?.has('Root')
    ? 'no trailer with a /Root'
    : root
      ? "the trailer's /Root is no /Catalog"
      : "the trailer's /Root leads nowhere"
  const catalog = root?.has('Pages') ? root : findCatalog(objects)
  const severity = catalog ? 'defect' : 'broken'
  return { catalog, problems: [{ code: 'catalog', severity, section: '7.7.2', message }] }
}
