import { styleText } from 'node:util'
import type { Finding, Judgement } from './judging/finding.ts'

/** The entry of a judged file in `--reporter json`. */
export interface JudgedFile extends Pick<Judgement, 'verdict' | 'pages' | 'durationMs'> {
  file: string
  findings: Omit<Finding, 'box'>[]
}

/** Without the boxes of findings, which only pictures need. */
export function judgedFile(file: string, { verdict, pages, durationMs, findings }: Judgement): JudgedFile {
  return { file, verdict, pages, durationMs, findings: findings.map(({ box: _, ...finding }) => finding) }
}

/** An array with an entry for each file. */
export function asJson(files: JudgedFile[]): string {
  return `${JSON.stringify(files, null, 2)}\n`
}

const colors = { conforming: 'green', nonconforming: 'red', unreadable: 'yellow', broken: 'red' } as const

/** For people: a line for each file, its findings below it as sentences. */
export function asText(files: JudgedFile[], color: boolean): string {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text
  return files
    .map(({ file, verdict, pages, findings }) => {
      const count = `${pages} ${pages === 1 ? 'page' : 'pages'}`
      const head = `${styled(colors[verdict], verdict.padEnd(13))} ${styled('bold', file)} (${count})`
      return [
        head,
        ...findings.map(({ kind, message }) => `  ${styled('dim', kind.padEnd(22))} ${message}`),
        '',
      ].join('\n')
    })
    .join('')
}
