import type { PdfObjects } from './objects.ts'
import { type Dictionary, isName, Name } from './values.ts'

export interface FontUse {
  object: number
  name: string
  /** `Type1`, `TrueType`, `Type0`, `Type3`, … */
  subtype: string
  isEmbedded: boolean
  isStandard14: boolean
  /** A stream that maps its codes to characters; composite fonts cannot be read without one or a known encoding. */
  hasToUnicode: boolean
  /** The /Encoding's name; undefined where it is a dictionary, a stream or absent. */
  encoding: string | undefined
}

const standard14 = new Set(
  `Courier Courier-Bold Courier-Oblique Courier-BoldOblique Helvetica Helvetica-Bold Helvetica-Oblique
  Helvetica-BoldOblique Times-Roman Times-Bold Times-Italic Times-BoldItalic Symbol ZapfDingbats`.split(
    /\s+/,
  ),
)

/** A font dictionary (ISO 32000-2 §9.5 to §9.7); undefined for the descendant of a composite font. */
export function readFont(objects: PdfObjects, font: Dictionary, object: number): FontUse | undefined {
  const nameOf = (key: string) => {
    const value = objects.get(font, key)
    return value instanceof Name ? value.value : undefined
  }
  const subtype = nameOf('Subtype') ?? ''
  if (!isName(objects.get(font, 'Type'), 'Font') || subtype.startsWith('CIDFont')) return undefined
  const descendants = objects.get(font, 'DescendantFonts')
  const described = Array.isArray(descendants) ? objects.resolve(descendants[0]) : font
  const descriptor = objects.dictionary(described instanceof Map ? described : undefined, 'FontDescriptor')
  const name = nameOf('BaseFont') ?? ''
  return {
    object,
    name,
    subtype,
    isEmbedded:
      subtype === 'Type3' || ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(key)),
    isStandard14: subtype === 'Type1' && standard14.has(name),
    hasToUnicode: objects.get(font, 'ToUnicode') instanceof Object,
    encoding: nameOf('Encoding'),
  }
}
