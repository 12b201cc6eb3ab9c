import { mostReportedFaults } from '../limits.ts'
import type { Budget } from './budget.ts'
import { effectiveEntries, readChain, readSection, type Section } from './cross-reference.ts'
import { type Encryption, readEncryption } from './encryption.ts'
import type { Framing } from './framing.ts'
import { PdfObjects } from './objects.ts'
import type { Problem } from './problem.ts'
import { findCatalog, indexObjectStreams, recoverTrailer, scannedEntries } from './recovery.ts'
import { scanDefinitions } from './scan.ts'
import type { Drift } from './transfer-corruption.ts'
import { type Dictionary, isCount, isName, Reference, type Value } from './values.ts'
import { relocate, strayEntries, strayProblem } from './xref-offsets.ts'

/** A file whose objects can be reached, by its cross-reference or, where that fails, by a scan. */
export interface OpenFile {
  objects: PdfObjects
  sections: Section[]
  trailer: Dictionary
  catalog: Dictionary | undefined
  encryption: Encryption | undefined
  drifts: Drift[]
  problems: Problem[]
}

export function openFile(text: string, bytes: Buffer, framing: Framing, budget: Budget): OpenFile {
  const target = framing.startXref?.target
  const newest = target === undefined ? undefined : readSection(text, bytes, target, budget)
  const problems: Problem[] = []
  const drifts: Drift[] = []
  let start = newest
  if (!newest) {
    problems.push(startProblem(framing))
    start = nearbySection(text, bytes, framing, budget)
    if (start && target !== undefined) drifts.push({ expected: target, found: start.offset })
  }
  const chain = start ? readChain(text, bytes, start, budget) : { sections: [], problems: [] }
  problems.push(...chain.problems, ...formatProblems(chain.sections))
  const objects = new PdfObjects(text, bytes, effectiveEntries(chain.sections), budget)
  const strays = strayEntries(text, objects.entries)
  let trailer = chain.sections.find((section) => section.trailer.has('Root'))?.trailer
  problems.push(...sizeProblems(chain.sections[0]?.trailer, objects))
  const isRootLost = !leadsToObject(trailer?.get('Root'), objects)
  if (strays.length > 0 || isRootLost) {
    const total = objects.entries.size
    const definitions = scanDefinitions(text, budget)
    const moved = relocate(objects, strays, definitions)
    if (start) problems.push(...strayProblem(strays, total, moved))
    if (start && trailer && strays.length === 0) problems.push(unlistedCatalog)
    drifts.push(...moved)
    for (const [number, entry] of scannedEntries(definitions)) {
      if (isRootLost && !objects.entries.has(number)) objects.entries.set(number, entry)
    }
    trailer ??= recoverTrailer(text, definitions, budget)
  }
  const encryption = encryptionOf(objects, trailer)
  if (isRootLost) indexObjectStreams(objects)
  const catalog = findRoot(objects, trailer, problems)
  return {
    objects,
    sections: chain.sections,
    trailer: trailer ?? new Map(),
    catalog,
    encryption,
    drifts,
    problems,
  }
}

const unlistedCatalog: Problem = {
  code: 'cross-reference',
  severity: 'defect',
  section: '7.5.4',
  message: 'the cross-reference does not list the catalog',
}

function leadsToObject(value: Value | undefined, { entries }: PdfObjects): boolean {
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

function sizeProblems(trailer: Dictionary | undefined, objects: PdfObjects): Problem[] {
  if (!trailer) return []
  const size = trailer.get('Size')
  let highest = 0
  for (const [number, { kind }] of objects.entries) if (kind !== 'free' && number > highest) highest = number
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
  problems: Problem[],
): Dictionary | undefined {
  const catalog = objects.dictionary(trailer, 'Root')
  if (catalog && isName(objects.get(catalog, 'Type'), 'Catalog')) return catalog
  if (objects.hasClosedObjects) return undefined
  const message = !trailer?.has('Root')
    ? 'no trailer with a /Root'
    : catalog
      ? "the trailer's /Root is no /Catalog"
      : "the trailer's /Root leads nowhere"
  const found = catalog?.has('Pages') ? catalog : findCatalog(objects)
  problems.push({ code: 'catalog', severity: found ? 'defect' : 'broken', section: '7.7.2', message })
  return found
}
