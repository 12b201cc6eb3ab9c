import { longestFile, type StructureLimits, structureLimits } from '../limits.ts'
import type { ActiveContent, ExternalReference } from './active-content.ts'
import { Budget } from './budget.ts'
import type { Encryption } from './encryption.ts'
import { recognizeOtherType } from './file-type.ts'
import type { FontUse } from './fonts.ts'
import { type Framing, framingProblems, joinedFiles, readFraming } from './framing.ts'
import { skipBlank } from './lexer.ts'
import { type Metadata, readMetadata } from './metadata.ts'
import { type OpenFile, openFile } from './open.ts'
import { type Pages, readPages } from './pages.ts'
import { parseIndirect } from './parser.ts'
import type { Problem } from './problem.ts'
import { linearizedLength, type Revision, readRevisions } from './revisions.ts'
import { type Attachment, surveyObjects } from './survey.ts'
import { surveyProblems } from './survey-problems.ts'
import { findTransferCorruption } from './transfer-corruption.ts'
import { findTruncation } from './truncation.ts'
import { findUndefinedFonts } from './undefined-fonts.ts'
import { PdfString } from './values.ts'

export type { Problem, ProblemCode, Severity } from './problem.ts'

/** What a file's bytes say of its structure (ISO 32000), before anybody repairs it. Plain data: it can be cloned. */
export interface Structure {
  byteLength: number
  /** Causes before symptoms. Empty for a file that conforms. */
  problems: Problem[]
  /** Undefined where the bytes are no PDF at all, and then so are the parts below it. */
  body: Body | undefined
}

export interface Body {
  framing: Framing
  /** Cross-reference sections, newest first. */
  sections: { offset: number; kind: 'table' | 'stream'; isHybrid: boolean; entries: number }[]
  objects: number
  streams: number
  pages: Pages
  /** Undefined for a file that is not encrypted. */
  encryption: Encryption | undefined
  isLinearized: boolean
  isSigned: boolean
  /** Oldest first; the last is the whole file. */
  revisions: Revision[]
  activeContent: ActiveContent[]
  externalReferences: ExternalReference[]
  attachments: Attachment[]
  /** The text strings in objects: bookmarks, notes, names of fields. What pages paint is none of them. */
  strings: string[]
  fonts: FontUse[]
  metadata: Metadata
  /** The trailer's /ID as hexadecimal digits. */
  fileId: [string, string] | undefined
  /** The catalog's /Lang. */
  language: string | undefined
  isMarked: boolean
  hasStructureTree: boolean
  /** False where a limit ended the reading or encryption closes strings and streams: there may be more than is listed. */
  isComplete: boolean
}

export interface ReadingOptions {
  /** The length that the sender announced. */
  contentLength?: number
  limits?: Partial<StructureLimits>
}

/** Reads the structure of any bytes. Never throws; time and memory are bounded by `structureLimits`. */
export function readStructure(bytes: Uint8Array, options: ReadingOptions = {}): Structure {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const byteLength = all.length
  const refuse = (problem: Problem): Structure => ({ byteLength, problems: [problem], body: undefined })
  if (byteLength === 0)
    return refuse({ code: 'empty', severity: 'broken', message: 'empty', section: '7.5.1' })
  if (byteLength > longestFile) {
    const message = `${byteLength.toLocaleString('en-US')} bytes are more than this reading takes`
    return refuse({ code: 'limit', severity: 'broken', message, section: '7.5.1' })
  }
  const whole = all.toString('latin1')
  const framing = readFraming(whole)
  const other = recognizeOtherType(all)
  const isWrapped = other !== undefined && !(/^(?:an HTML page|XML)$/.test(other) && framing.startXref)
  if (isWrapped || (!framing.header && !/\d obj\b/.test(whole))) {
    const message = other ? `${other}, not a PDF` : 'not a PDF: no %PDF- header, no objects'
    return refuse({ code: 'not-a-pdf', severity: 'broken', message, section: '7.5.2', offset: 0 })
  }
  return readPdf(whole, all, framing, options)
}

function readPdf(whole: string, all: Buffer, framing: Framing, options: ReadingOptions): Structure {
  const budget = new Budget({ ...structureLimits, ...options.limits })
  const prefix = framing.header?.offset ?? 0
  const isShifted = prefix > 0 && offsetsCountFromHeader(whole, framing, prefix)
  const text = isShifted ? whole.slice(prefix) : whole
  const bytes = isShifted ? all.subarray(prefix) : all
  const inner = isShifted ? readFraming(text) : framing

  const file = openFile(text, bytes, inner, budget)
  const { objects, trailer, catalog } = file
  const survey = surveyObjects(objects)
  const tree = readPages(objects, catalog ?? new Map())
  const first = parseIndirect(text, skipBlank(text, inner.header?.offset ?? 0), budget)?.value
  const linearized = linearizedLength(first)
  const revisions = readRevisions(text, file.sections, linearized)
  const isLost = tree.pages.found === 0 && !objects.hasClosedObjects
  const problems = [
    ...findTransferCorruption(text, bytes, {
      offsetErrors: file.offsetErrors,
      wrongLengths: survey.wrongLengths.length,
      damagedStreams: survey.damagedStreams.length,
    }),
    ...findTruncation(text, {
      framing: inner,
      hasCrossReference: !file.problems.some(({ code }) => code === 'start-xref'),
      expectedLength: options.contentLength ?? linearized,
      missingObjects: survey.missing,
      objects: survey.objects,
    }),
    ...framingProblems(whole, all, framing),
    ...joinedFiles(text, bytes),
    ...file.problems,
    ...(isLost && catalog ? [noPages()] : []),
    ...(objects.hasClosedObjects ? [] : tree.problems),
    ...surveyProblems(survey, budget),
  ]
  // Of a broken file, the fonts may be what is lost.
  const isBroken = problems.some(({ severity }) => severity === 'broken')
  if (!isBroken && !objects.isEncrypted) problems.push(...findUndefinedFonts(objects, tree.leaves))
  return {
    byteLength: all.length,
    problems,
    body: {
      framing,
      ...describeFile(file),
      objects: survey.objects,
      streams: survey.streams,
      pages: tree.pages,
      isLinearized: linearized !== undefined,
      isSigned: survey.isSigned,
      revisions: revisions.map(({ end }) => ({ end: end + (isShifted ? prefix : 0) })),
      activeContent: survey.activeContent,
      externalReferences: survey.externalReferences,
      attachments: survey.attachments,
      strings: [...survey.strings],
      fonts: survey.fonts,
      metadata: readMetadata(objects, trailer, catalog),
      isComplete: budget.reached.size === 0 && !objects.isEncrypted,
    },
  }
}

/** Whether the offsets of a file with bytes before its header count from the header, as they did when it was written. */
function offsetsCountFromHeader(text: string, { startXref }: Framing, prefix: number): boolean {
  if (!startXref) return false
  const isSection = (offset: number) => /^(?:xref\s|\d+\s+\d+\s+obj)/.test(text.slice(offset, offset + 64))
  return isSection(startXref.target + prefix) && !isSection(startXref.target)
}

function noPages(): Problem {
  return { code: 'page-tree', severity: 'broken', section: '7.7.3', message: 'the document has no page' }
}

function describeFile({ objects, sections, trailer, catalog, encryption }: OpenFile) {
  const id = objects.get(trailer, 'ID')
  const [first, second] = (Array.isArray(id) ? id : []).map((part) => {
    const value = objects.resolve(part)
    return value instanceof PdfString ? Buffer.from(value.bytes, 'latin1').toString('hex') : undefined
  })
  const language = objects.get(catalog, 'Lang')
  return {
    sections: sections.map(({ offset, kind, entries, hybrid }) => ({
      offset,
      kind,
      isHybrid: hybrid !== undefined,
      entries: entries.size,
    })),
    encryption,
    fileId: first !== undefined && second !== undefined ? ([first, second] as [string, string]) : undefined,
    language: language instanceof PdfString ? language.bytes : undefined,
    isMarked: objects.get(objects.dictionary(catalog, 'MarkInfo'), 'Marked') === true,
    hasStructureTree: objects.dictionary(catalog, 'StructTreeRoot') !== undefined,
  }
}
