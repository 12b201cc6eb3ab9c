import { describeBytes } from './file-type.ts'
import { isBlank } from './lexer.ts'
import type { Problem } from './problem.ts'

/** How the file begins and ends (ISO 32000-2 §7.5.2, §7.5.5). Offsets count from the first byte. */
export interface Framing {
  /** Undefined where the file has no `%PDF-`. */
  header: { offset: number; version: string } | undefined
  hasBinaryMarker: boolean
  /** Offset of the last `%%EOF`. */
  endMarker: number | undefined
  /** The number after the last `startxref`. */
  startXref: { offset: number; target: number } | undefined
}

export function readFraming(text: string): Framing {
  const offset = text.indexOf('%PDF-')
  const version = /%PDF-([^\s%]{0,16})/y
  version.lastIndex = Math.max(0, offset)
  const header = offset < 0 ? undefined : { offset, version: version.exec(text)?.[1] ?? '' }
  const endMarker = text.lastIndexOf('%%EOF')
  const keyword = text.lastIndexOf('startxref')
  const target = /startxref[\0\t\n\f\r ]+(\d{1,15})(?!\d)/y
  target.lastIndex = Math.max(0, keyword)
  const found = keyword < 0 ? undefined : target.exec(text)?.[1]
  return {
    header,
    hasBinaryMarker: header !== undefined && hasMarker(text, header.offset),
    endMarker: endMarker < 0 ? undefined : endMarker,
    startXref: found === undefined ? undefined : { offset: keyword, target: Number(found) },
  }
}

function hasMarker(text: string, header: number): boolean {
  const secondLine = /[^\r\n]{0,64}(?:\r\n|\r|\n)(%[^\r\n]{0,256})/y
  secondLine.lastIndex = header
  return (secondLine.exec(text)?.[1]?.match(/[\x80-\xff]/g)?.length ?? 0) >= 4
}

export function framingProblems(text: string, bytes: Buffer, framing: Framing): Problem[] {
  const { header, endMarker } = framing
  const problems: Problem[] = []
  if (!header) {
    problems.push({
      code: 'header',
      severity: 'defect',
      section: '7.5.2',
      message: 'no %PDF- header',
      offset: 0,
    })
  } else {
    if (header.offset > 0) {
      const message = `${describeBytes(bytes.subarray(0, header.offset))} before %PDF-`
      problems.push({ code: 'header', severity: 'defect', section: '7.5.2', message, offset: 0 })
    }
    if (!/^(?:1\.[0-7]|2\.0)$/.test(header.version)) {
      const message = `PDF version ${JSON.stringify(header.version)} does not exist`
      problems.push({ code: 'header', severity: 'defect', section: '7.5.2', message, offset: header.offset })
    }
    if (!framing.hasBinaryMarker) {
      // Readers do not need it, only transfer tools that guess whether a file is text (ISO 32000-2 §7.5.2).
      const message = 'the line after the header is no comment with four bytes above 127'
      problems.push({
        code: 'binary-marker',
        severity: 'note',
        section: '7.5.2',
        message,
        offset: header.offset,
      })
    }
  }
  if (endMarker === undefined) {
    const message = 'no %%EOF at the end'
    problems.push({ code: 'end-of-file', severity: 'defect', section: '7.5.5', message, offset: text.length })
    return problems
  }
  let after = endMarker + '%%EOF'.length
  while (after < text.length && isBlank(text, after) && text[after] !== '\0') after++
  if (after < text.length) {
    const message = `${describeBytes(bytes.subarray(after))} after %%EOF`
    problems.push({ code: 'end-of-file', severity: 'defect', section: '7.5.5', message, offset: after })
  }
  return problems
}

/** Whole PDF files standing one behind the other. */
export function joinedFiles(text: string, bytes: Buffer): Problem[] {
  const second = /%%EOF[\0\t\n\f\r ]{0,64}%PDF-\d\.\d/.exec(text)
  if (!second) return []
  const offset = second.index + second[0].lastIndexOf('%PDF-')
  const isTwice =
    bytes.subarray(offset).indexOf(bytes.subarray(0, Math.min(offset, bytes.length - offset))) === 0
  const message = isTwice ? 'the file stands there twice' : 'a second PDF file follows the first'
  return [{ code: 'joined-files', severity: 'defect', section: '7.5.1', message, offset }]
}
