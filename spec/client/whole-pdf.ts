/** Readers look for the header in the first, and for the end marker in the last 1,024 bytes (ISO 32000-1, Annex H.3). */
const searched = 1024

/**
 * Why a file is no complete PDF; undefined if it is one. Tells pages of gateways, downloads that were cut off and files
 * that were decoded as text from PDFs; it does not read the content.
 */
export async function findPdfDefect(file: Blob): Promise<string | undefined> {
  if (file.size === 0) return 'The file is empty.'
  const header = (await textOf(file, 0, searched)).indexOf('%PDF-')
  if (header < 0) return `The file is no PDF: it begins with ${JSON.stringify(await textOf(file, 0, 15))}.`
  const end = await textOf(file, Math.max(0, file.size - searched), file.size)
  const [, address] = /startxref\s{1,8}(\d{1,15})\s{1,8}%%EOF\s*$/.exec(trimmedAfterEnd(end)) ?? []
  if (address === undefined) return 'The PDF is cut off: its end is missing.'
  // What comes before the header may count or not.
  for (const base of [0, header]) {
    const place = base + Number(address)
    if (isCrossReference(await textOf(file, Math.max(0, place - slack), place + longestHead)))
      return undefined
  }
  return 'The PDF is damaged: its table of objects is not where its end says.'
}

/** Some writers are a line end or two off; readers find the table all the same. */
const slack = 4
const longestHead = 32

/** A table (ISO 32000-1, 7.5.4), or a stream (7.5.8), which is an object. */
function isCrossReference(text: string): boolean {
  return /^[\s\S]{0,8}(xref|\d{1,10}\s\d{1,5}\sobj)/.test(text)
}

function trimmedAfterEnd(end: string): string {
  return end.slice(0, end.lastIndexOf('%%EOF') + '%%EOF'.length)
}

async function textOf(file: Blob, from: number, to: number): Promise<string> {
  return String.fromCharCode(...new Uint8Array(await file.slice(from, to).arrayBuffer()))
}
