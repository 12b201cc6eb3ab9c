import { longestXmp } from '../limits.ts'
import type { PdfObjects } from './objects.ts'
import { decodeTextString, type PdfDate, readDate } from './text-string.ts'
import { type Dictionary, Name, PdfString, Stream } from './values.ts'

/** What the document says of itself (ISO 32000-2 §14.3). */
export interface Metadata {
  /** The information dictionary's text strings, by key. */
  info: Record<string, string>
  /** The catalog's XMP packet as text, at most `longestXmp` bytes of it. */
  xmp: string | undefined
  dates: PdfDate[]
  /** Conformance that XMP claims, such as `{ pdfa: '3B', pdfua: '1' }`. */
  claims: { pdfa?: string; pdfua?: string }
}

const dateKeys = ['CreationDate', 'ModDate']
const dateProperties = ['xmp:CreateDate', 'xmp:ModifyDate', 'xmp:MetadataDate']

export function readMetadata(
  objects: PdfObjects,
  trailer: Dictionary,
  catalog: Dictionary | undefined,
): Metadata {
  const info: Record<string, string> = {}
  for (const [key, value] of objects.dictionary(trailer, 'Info') ?? []) {
    const resolved = objects.resolve(value)
    if (resolved instanceof PdfString) info[key] = decodeTextString(resolved.bytes)
    else if (resolved instanceof Name) info[key] = resolved.value
  }
  const stream = objects.get(catalog, 'Metadata')
  const xmp = stream instanceof Stream ? xmpText(objects.decode(stream).data) : undefined
  return describeMetadata(info, xmp)
}

/** What the entries of an information dictionary and an XMP packet say together. */
export function describeMetadata(info: Metadata['info'], xmp: Metadata['xmp']): Metadata {
  const dates = [
    ...dateKeys.filter((key) => key in info).map((key) => readDate(`Info/${key}`, info[key]!)),
    ...dateProperties.flatMap((name) => {
      const raw = xmpProperty(xmp, name)
      return raw === undefined ? [] : [readDate(`XMP/${name}`, raw)]
    }),
  ]
  const part = xmpProperty(xmp, 'pdfaid:part')
  const pdfua = xmpProperty(xmp, 'pdfuaid:part')
  const claims = {
    ...(part && { pdfa: part + (xmpProperty(xmp, 'pdfaid:conformance') ?? '') }),
    ...(pdfua && { pdfua }),
  }
  return { info, xmp, dates, claims }
}

function xmpText(data: Buffer | undefined): string | undefined {
  const start = data?.subarray(0, longestXmp)
  if (start?.[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be').decode(start)
  return start?.toString('utf8')
}

/** A property's value, written as an element or as an attribute. */
function xmpProperty(xmp: string | undefined, name: string): string | undefined {
  const match = xmp?.match(
    new RegExp(
      `<${name}>\\s{0,64}([^<\\s]{0,64})\\s{0,64}</|\\s${name}\\s{0,8}=\\s{0,8}["']([^"']{0,200})["']`,
    ),
  )
  return match?.[1] ?? match?.[2]
}
