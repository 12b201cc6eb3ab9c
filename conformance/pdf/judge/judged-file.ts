import type { Finding, Judgement } from './judging/finding.ts'

/** The entry of a judged file in `judge --reporter json`. */
export interface JudgedFile extends Pick<Judgement, 'verdict' | 'pages' | 'durationMs'> {
  file: string
  findings: Omit<Finding, 'box'>[]
}

/** Without the boxes of findings, which only pictures need. */
export function describeJudgement(
  file: string,
  { verdict, pages, durationMs, findings }: Judgement,
): JudgedFile {
  return { file, verdict, pages, durationMs, findings: findings.map(({ box: _, ...finding }) => finding) }
}

/** 1 where a file is nonconforming or broken, 3 where none is but one is unreadable, else 0. */
export function exitCode(judged: JudgedFile[]): number {
  const has = (...verdicts: JudgedFile['verdict'][]) =>
    judged.some(({ verdict }) => verdicts.includes(verdict))
  if (has('nonconforming', 'broken')) return 1
  return has('unreadable') ? 3 : 0
}
