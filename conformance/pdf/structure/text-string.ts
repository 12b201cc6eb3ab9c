import { longestTextString } from '../limits.ts'

// PDFDocEncoding where it is not Latin-1 (ISO 32000-2 annex D.3).
const accents = '˘ˇˆ˙˝˛˚˜'
const punctuation = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€'

/** A text string (ISO 32000-2 §7.9.2.2): UTF-16 or UTF-8 with a mark, else PDFDocEncoding. */
export function decodeTextString(whole: string): string {
  const bytes = whole.slice(0, longestTextString)
  const data = Buffer.from(bytes, 'latin1')
  if (bytes.startsWith('\xfe\xff')) return new TextDecoder('utf-16be').decode(data)
  if (bytes.startsWith('\xff\xfe')) return new TextDecoder('utf-16le').decode(data)
  if (bytes.startsWith('\xef\xbb\xbf')) return new TextDecoder().decode(data)
  return bytes.replace(/[\x18-\x1f\x80-\xa0]/g, (character) => {
    const code = character.charCodeAt(0)
    return (code < 0x20 ? accents[code - 0x18] : punctuation[code - 0x80]) ?? '\ufffd'
  })
}

export interface PdfDate {
  /** Where it stands: `Info/CreationDate`, `XMP/xmp:CreateDate`. */
  place: string
  raw: string
  isWellFormed: boolean
  /** ISO 8601; undefined where it is not well-formed. A missing zone is taken for UTC. */
  instant: string | undefined
}

const pdfDate =
  /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)(?:'?(\d\d)?'?)?)?$/
const xmpDate =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:(Z)|([+-])(\d\d):(\d\d))?)?)?)?$/

/** Reads a date of the information dictionary (ISO 32000-2 §7.9.4) or of XMP (ISO 8601). */
export function readDate(place: string, raw: string): PdfDate {
  const instant = toInstant((place.startsWith('XMP') ? xmpDate : pdfDate).exec(raw))
  return { place, raw, isWellFormed: instant !== undefined, instant }
}

function toInstant(match: RegExpExecArray | null): string | undefined {
  if (!match) return undefined
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', , sign] = match
  const zone = sign ? `${sign}${match[9]}:${match[10] ?? '00'}` : 'Z'
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
  const isReal =
    !Number.isNaN(date.getTime()) &&
    Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return isReal ? date.toISOString() : undefined
}
