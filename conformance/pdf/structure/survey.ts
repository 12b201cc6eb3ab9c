import { surveyLimits } from '../limits.ts'
import {
  type ActiveContent,
  activeContentIn,
  type ExternalReference,
  externalReferenceIn,
  fileName,
} from './active-content.ts'
import { type FontUse, readFont } from './fonts.ts'
import type { PdfObjects } from './objects.ts'
import { decodeTextString } from './text-string.ts'
import { type Dictionary, PdfString, Reference, Stream, type Value } from './values.ts'

export interface Attachment {
  name: string
  /** Of all together at most `surveyLimits.attached`; undefined where it cannot be unfolded. */
  bytes: Uint8Array | undefined
}

export interface StreamFault {
  object: number
  /** Offset of the stream's data. */
  offset: number
  declared: number | undefined
  actual: number | undefined
}

/** What a pass over every object of the file brings to light. */
export interface Survey {
  objects: number
  streams: number
  /** Streams whose /Length is wrong. */
  wrongLengths: StreamFault[]
  damagedStreams: { object: number; offset: number; damage: string }[]
  /** Numbers of objects whose syntax is damaged. */
  unreadable: number[]
  /** Objects that others refer to and the file has not. */
  missing: number
  activeContent: ActiveContent[]
  externalReferences: ExternalReference[]
  fonts: FontUse[]
  attachments: Attachment[]
  /** The text strings in objects, each once; what pages paint is none of them. */
  strings: Set<string>
  isSigned: boolean
}

export function surveyObjects(objects: PdfObjects): Survey {
  const survey: Survey = {
    objects: 0,
    streams: 0,
    wrongLengths: [],
    damagedStreams: [],
    unreadable: [],
    missing: 0,
    activeContent: [],
    externalReferences: [],
    fonts: [],
    attachments: [],
    strings: new Set(),
    isSigned: false,
  }
  const missing = new Set<number>()
  for (const [number, entry] of objects.entries) {
    if (entry.kind === 'free' || (entry.kind === 'compressed' && objects.isEncrypted)) continue
    if (!objects.budget.readSyntax(0)) break
    const value = objects.read(number)
    survey.objects++
    if (value === undefined) survey.unreadable.push(number)
    else surveyValue(objects, value, number, survey, missing)
    if (value instanceof Stream) surveyStream(objects, value, number, survey)
  }
  survey.missing = missing.size
  return survey
}

function surveyValue(
  objects: PdfObjects,
  value: Value,
  number: number,
  survey: Survey,
  missing: Set<number>,
): void {
  const todo: Value[] = [value]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (Array.isArray(next)) for (const item of next) todo.push(item)
    if (next instanceof PdfString)
      keepString(survey.strings, () => decodeTextString(next.bytes.slice(0, surveyLimits.stringBytes)))
    if (next instanceof Reference && !objects.entries.has(next.number)) missing.add(next.number)
    const dictionary = next instanceof Stream ? next.dictionary : next
    if (!(dictionary instanceof Map)) continue
    for (const item of dictionary.values()) todo.push(item)
    surveyDictionary(objects, dictionary, number, next instanceof Stream, survey)
  }
}

function surveyDictionary(
  objects: PdfObjects,
  dictionary: Dictionary,
  number: number,
  isStream: boolean,
  survey: Survey,
): void {
  if (survey.activeContent.length < surveyLimits.listed) {
    survey.activeContent.push(...activeContentIn(objects, dictionary, number))
  }
  const reference = externalReferenceIn(objects, dictionary, number, isStream)
  if (reference && survey.externalReferences.length < surveyLimits.listed)
    survey.externalReferences.push(reference)
  const font = readFont(objects, dictionary, number)
  if (font && survey.fonts.length < surveyLimits.listed) survey.fonts.push(font)
  if (dictionary.has('EF') && survey.attachments.length < surveyLimits.listed) {
    keepAttachment(survey.attachments, readAttachment(objects, dictionary))
  }
  if (dictionary.has('ByteRange') && dictionary.has('Contents')) survey.isSigned = true
}

function readAttachment(objects: PdfObjects, specification: Dictionary): Attachment {
  const files = objects.dictionary(specification, 'EF')
  const file = objects.get(files, 'UF') ?? objects.get(files, 'F')
  const bytes = file instanceof Stream ? objects.decode(file).data : undefined
  return { name: fileName(objects, specification), bytes }
}

/** Adds a text string while there is room (`surveyLimits`). The text is made only if it is kept. */
export function keepString(kept: Set<string>, text: () => string): void {
  if (kept.size < surveyLimits.strings) kept.add(text())
}

/** Adds an attachment while there is room, with a copy of its bytes as far as there is room for them. */
export function keepAttachment(kept: Attachment[], { name, bytes }: Attachment): void {
  if (kept.length >= surveyLimits.listed) return
  const room = surveyLimits.attached - kept.reduce((sum, one) => sum + (one.bytes?.length ?? 0), 0)
  kept.push({ name, bytes: bytes && new Uint8Array(bytes.subarray(0, room)) })
}

function surveyStream(objects: PdfObjects, stream: Stream, number: number, survey: Survey): void {
  survey.streams++
  const extent = objects.extent(stream)
  if (!extent.isRight) {
    const actual = extent.end === undefined ? undefined : extent.end - extent.start
    survey.wrongLengths.push({ object: number, offset: extent.start, declared: extent.declared, actual })
  }
  const { damage } = objects.decode(stream, extent)
  if (damage) survey.damagedStreams.push({ object: number, offset: extent.start, damage })
}
