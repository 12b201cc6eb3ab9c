/**
 * The text without what differs between two documents of the same data: dates, times, ISO instants and the words around
 * them, and the number or id of the document itself. In whatever order the lines come: no order of organizations is
 * promised.
 */
export function timeless(pages: string[][], arrange = (lines: string[]) => lines.toSorted()): string {
  return arrange(pages.flat().map(withoutTime)).join('\n')
}

/** A line without dates, times, and the number or id of the document. */
export function withoutTime(line: string): string {
  return volatile.reduce((text, part) => text.replaceAll(part, ''), line)
}

/** Within a cell: the text of the next one is no part of a date. */
const volatile = [
  /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:T[\d:.]+Z?)?|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: *[AP]M)?/gi,
  /\b\d{1,2}(?:st|nd|rd|th)?\.? {1,3}\p{L}{3,20}\.?,? {1,3}\d{4}\b|\b\p{L}{3,20}\.? {1,3}\d{1,2}(?:st|nd|rd|th)?,? {1,3}\d{4}\b/gu,
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b|\b1\d{9}(?:\d{3})?\b|\b\d{1,9}(?:\.\d{1,9})? ?ms\b/gi,
  /\b(?:report|document|reference|request|print|export|trace)[ -]?(?:id|no|nr|number|ref)?[.:#]* {0,3}#? ?(?=[\w-]{0,40}\d)[\w-]{1,40}/gi,
]
