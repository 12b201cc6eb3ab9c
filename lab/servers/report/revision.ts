/** Appends a revision that replaces or adds objects (ISO 32000-2 §7.5.6). Bodies go without `obj` and `endobj`. */
export function appendRevision(pdf: Buffer, objects: Record<number, string | Buffer>): Buffer {
  const text = pdf.toString('latin1')
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1])
  const trailer = text.slice(text.lastIndexOf('trailer'))
  const entry = (key: string, value: string) => new RegExp(`/${key} ${value}`).exec(trailer)?.[0] ?? ''
  const size = Math.max(
    Number(/\/Size (\d+)/.exec(trailer)?.[1]),
    ...Object.keys(objects).map((id) => Number(id) + 1),
  )

  const parts: Buffer[] = [pdf]
  let offset = pdf.length
  const add = (part: Buffer) => {
    parts.push(part)
    offset += part.length
  }
  const table = Object.entries(objects).map(([id, body]) => {
    const at = String(offset).padStart(10, '0')
    add(Buffer.concat([Buffer.from(`${id} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]))
    return `${id} 1\n${at} 00000 n \n`
  })
  const keys = `/Size ${size} ${entry('Root', '\\d+ 0 R')} ${entry('Info', '\\d+ 0 R')} /Prev ${previous}`
  const identity = entry('ID', '\\[[^\\]]*\\]')
  add(Buffer.from(`xref\n${table.join('')}trailer\n<< ${keys} ${identity} >>\nstartxref\n${offset}\n%%EOF\n`))
  return Buffer.concat(parts)
}

/** The last object of a number, without `obj` and `endobj`. */
export function objectIn(pdf: Buffer, id: number): Buffer {
  const start = pdf.lastIndexOf(`\n${id} 0 obj\n`) + `\n${id} 0 obj\n`.length
  return pdf.subarray(start, pdf.indexOf('\nendobj', start))
}

/** The number of the first page's content stream. */
export function firstContentOf(pdf: Buffer): number {
  const page = /\/Type \/Page\n.*?\/Contents (\d+) 0 R/s.exec(pdf.toString('latin1'))
  return Number(page?.[1])
}

/** A content stream that shows lines of ASCII text in the first font of the page. */
export function textStream(lines: string[], font: string): string {
  const shown = lines.map((line) => `(${line}) Tj 0 -16 Td`).join('\n')
  const content = `BT /${font} 11 Tf 60 700 Td\n${shown}\nET`
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`
}

/** The reference document with another time of creation in it, as many seconds later. */
export function withCreationTime(pdf: Buffer, seconds: number): Buffer {
  const stamp = `D:202603310000${String(seconds % 60).padStart(2, '0')}Z`
  return Buffer.from(pdf.toString('latin1').replaceAll('D:20260331000000Z', stamp), 'latin1')
}

/** Overwrites matches by spaces, so that offsets stay true. */
export const blanked = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (found) => ' '.repeat(found.length))
