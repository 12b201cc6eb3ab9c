import { PDFParse } from 'pdf-parse'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { readingWorker } from './reading-worker.ts'

/** pdf-parse keeps its pdf.js document to itself; positions, fonts and paint are only there. */
interface Opened {
  load(): Promise<PDFDocumentProxy>
  destroy(): Promise<void>
}

/**
 * Opens the file, hands over pdf.js' document, closes it whatever happens. The bytes are copied: pdf.js takes
 * its buffer away. Rejects as pdf-parse does (InvalidPDFException, PasswordException, …).
 */
export async function withDocument<T>(
  bytes: Uint8Array,
  use: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const worker = await readingWorker()
  const parser = new PDFParse({
    worker,
    data: Uint8Array.from(bytes),
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    isOffscreenCanvasSupported: false,
    stopAtErrors: false,
    // Tells the font that pdf.js takes in place of one that the file does not define.
    fontExtraProperties: true,
  }) as unknown as Opened
  try {
    return await use(await parser.load())
  } finally {
    await parser.destroy()
    worker.destroy()
  }
}
