import { PDFParse } from 'pdf-parse'

/** A sandbox task: what pdf-parse makes of a file. */
export async function extractText(bytes: Uint8Array): Promise<{ pages: number; characters: number }> {
  const parser = new PDFParse({ data: Uint8Array.from(bytes), verbosity: 0, isEvalSupported: false })
  try {
    const { total, text } = await parser.getText()
    return { pages: total, characters: text.length }
  } finally {
    await parser.destroy()
  }
}
