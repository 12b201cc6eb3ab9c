import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { surveyLimits } from './limits.ts'
import { withDocument } from './pages/open-pdf.ts'
import { describeMetadata, type Metadata } from './structure/metadata.ts'
import {
  type Body,
  type Problem,
  type ReadingOptions,
  readStructure,
  type Structure,
} from './structure/structure.ts'
import { type Attachment, keepAttachment, keepString } from './structure/survey.ts'

const needsPassword: Problem = {
  code: 'password',
  severity: 'broken',
  section: '7.6',
  message: 'needs a password to open',
}

/**
 * The structure of a file as its bytes say, and of an encrypted one what encryption closes as pdf.js says: whether the
 * file opens without a password, pages, metadata, attachments, outline, notes. Never rejects.
 */
export async function inspectPdf(bytes: Uint8Array, options: ReadingOptions = {}): Promise<Structure> {
  const structure = readStructure(bytes, options)
  const { body, problems } = structure
  if (!body?.encryption) return structure
  const opened = (opensWithoutPassword: boolean): Body => ({
    ...body,
    encryption: { ...body.encryption!, opensWithoutPassword },
  })
  try {
    const readable = await withDocument(bytes, (document) => readClosedParts(document, body))
    return { ...structure, body: { ...opened(true), ...readable } }
  } catch (error) {
    // Whatever else pdf.js has against the file is for those to say who read its pages.
    if (!(error instanceof Error) || error.name !== 'PasswordException') return structure
    return { ...structure, problems: [...problems, needsPassword], body: opened(false) }
  }
}

async function readClosedParts(document: PDFDocumentProxy, body: Body): Promise<Partial<Body>> {
  const { info, metadata } = await document.getMetadata()
  const { Language: language } = info as { Language?: string }
  const marks = await document.getMarkInfo()
  const hasScript = await document.hasJSActions()
  return {
    pages: { ...body.pages, found: body.pages.found || document.numPages },
    metadata: describeMetadata(textsOf(info), metadata?.getRaw()),
    language: language ?? undefined,
    isMarked: marks?.Marked === true,
    hasStructureTree: body.hasStructureTree || (await (await document.getPage(1)).getStructTree()) !== null,
    ...(await readTextsAndFiles(document)),
    activeContent: hasScript ? [...body.activeContent, { kind: 'JavaScript' }] : body.activeContent,
  }
}

/** Notes, form fields and titles of the outline; the files of the document and of annotations. Bounded as a survey is. */
async function readTextsAndFiles(document: PDFDocumentProxy): Promise<Pick<Body, 'strings' | 'attachments'>> {
  const strings = new Set<string>()
  const attachments: Attachment[] = []
  const keepText = (text: string) => keepString(strings, () => text.slice(0, surveyLimits.stringBytes))
  const keepFile = ({ filename, content }: EmbeddedFile) =>
    keepAttachment(attachments, { name: filename, bytes: content })
  const embedded = Object.values((await document.getAttachments()) ?? {}) as EmbeddedFile[]
  for (const file of embedded) keepFile(file)
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    for (const { contentsObj, titleObj, fieldName, fieldValue, url, file } of await page.getAnnotations()) {
      for (const text of [contentsObj?.str, titleObj?.str, fieldName, fieldValue, url])
        if (typeof text === 'string' && text !== '') keepText(text)
      if (file) keepFile(file)
    }
    page.cleanup()
  }
  for (const title of titlesOf(await document.getOutline())) keepText(title)
  return { strings: [...strings], attachments }
}

interface EmbeddedFile {
  filename: string
  content: Uint8Array | undefined
}

type Outline = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>

function titlesOf(outline: Outline | null): string[] {
  return (outline ?? []).flatMap(({ title, items }) => [title, ...titlesOf(items)])
}

/** Entries that pdf.js adds to those of the information dictionary. */
const added = new Set(['PDFFormatVersion', 'Language', 'EncryptFilterName', 'Custom'])

function textsOf(info: object): Metadata['info'] {
  const { Custom: custom = {} } = info as { Custom?: object }
  const texts = [...Object.entries(info).filter(([key]) => !added.has(key)), ...Object.entries(custom)]
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
