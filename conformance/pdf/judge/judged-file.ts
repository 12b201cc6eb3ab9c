import { mostDisputed } from '../limits.ts'
import type { CompetingReadings, Finding, Judgement } from './judging/finding.ts'

/** The entry of a judged file in `judge --reporter json`. */
export interface JudgedFile extends Pick<Judgement, 'verdict' | 'pages' | 'durationMs'> {
  file: string
  findings: Omit<Finding, 'box'>[]
  /** What is wrong with the file but not with its content. */
  remarks: string[]
  /** Of what is disputed, the first few hundred, and how much there is. */
  competing?: CompetingReadings & { count: number }
}

/** Without the boxes of findings, which only pictures need. */
export function describeJudgement(
  file: string,
  { verdict, pages, durationMs, findings, competing }: Judgement,
  remarks: string[],
): JudgedFile {
  const written = findings.map(({ box: _, ...finding }) => finding)
  const judged: JudgedFile = { file, verdict, pages, durationMs, findings: written, remarks }
  if (!competing) return judged
  const { disputed } = competing
  return {
    ...judged,
    competing: { ...competing, count: disputed.length, disputed: disputed.slice(0, mostDisputed) },
  }
}

/** 1 where a file is nonconforming or broken, 3 where none is but one is unreadable, else 0. */
export function exitCode(judged: JudgedFile[]): number {
  const has = (...verdicts: JudgedFile['verdict'][]) =>
    judged.some(({ verdict }) => verdicts.includes(verdict))
  if (has('nonconforming', 'broken')) return 1
  return has('unreadable') ? 3 : 0
}
