import { linesOf } from '../pages/page.ts'
import { readText } from '../pages/read-pages.ts'
import { whyUnreadable } from './judging/unreadable.ts'

export interface PageText {
  /** In reading order, cells separated by tabs. */
  lines: string[]
  /** As that of `Page`. */
  isBlank: boolean
}

/** The text that a program can extract. */
export interface DocumentText {
  pages: PageText[]
  /** Why no text can be extracted, where a person may still read some. */
  unreadable: string | null
}

/** A sandbox task. */
export async function readPageText(bytes: Uint8Array): Promise<DocumentText> {
  const pages = await readText(bytes)
  return {
    pages: pages.map((page) => ({ lines: linesOf(page), isBlank: page.isBlank })),
    unreadable: whyUnreadable(pages),
  }
}
