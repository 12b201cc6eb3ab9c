/** What went wrong, one code per statement that a check may make. */
export type ProblemCode =
  | 'empty'
  | 'not-a-pdf'
  | 'decoded-as-text'
  | 'line-endings'
  | 'cut-off'
  | 'header'
  | 'binary-marker'
  | 'end-of-file'
  | 'joined-files'
  | 'start-xref'
  | 'cross-reference'
  | 'trailer'
  | 'password'
  | 'catalog'
  | 'page-tree'
  | 'media-box'
  | 'undefined-font'
  | 'stream-length'
  | 'stream-data'
  | 'syntax'
  | 'limit'

/** broken: no usable PDF; defect: against ISO 32000, though readers repair it; note: worth knowing, allowed. */
export type Severity = 'broken' | 'defect' | 'note'

/** One problem, in words for a person. `section` is the one of ISO 32000-2 that decides. */
export interface Problem {
  code: ProblemCode
  severity: Severity
  message: string
  section: string
  offset?: number
}

export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun : plural}`
}
