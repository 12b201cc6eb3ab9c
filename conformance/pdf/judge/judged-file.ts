import type { Finding, Judgement } from './judging/finding.ts'

/** The entry of a judged file in `judge --reporter json`. */
export interface JudgedFile extends Pick<Judgement, 'verdict' | 'pages' | 'durationMs'> {
  file: string
  findings: Omit<Finding, 'box'>[]
  /** What is wrong with the file but not with its content. */
  remarks: string[]
}

/** Without the boxes of findings, which only pictures need. */
export function describeJudgement(
  file: string,
  { verdict, pages, durationMs, findings }: Judgement,
  remarks: string[],
): JudgedFile {
  const written = findings.map(({ box: _, ...finding }) => finding)
  return { file, verdict, pages, durationMs, findings: written, remarks }
}

/** 1 where a file is nonconforming or broken, 3 where none is but one is unreadable, else 0. */
export function exitCode(judged: JudgedFile[]): number {
  const has = (...verdicts: JudgedFile['verdict'][]) =>
    judged.some(({ verdict }) => verdicts.includes(verdict))
  if (has('nonconforming', 'broken')) return 1
  return has('unreadable') ? 3 : 0
}
