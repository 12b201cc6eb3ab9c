import { styleText } from 'node:util'
import type { Finding, Judgement } from './judging/finding.ts'

/** A judged file as `--reporter json` tells it. */
export interface JudgedFile extends Pick<Judgement, 'verdict' | 'pages' | 'durationMs'> {
  file: string
  findings: Omit<Finding, 'box'>[]
}

export function judgedFile(file: string, { verdict, pages, durationMs, findings }: Judgement): JudgedFile {
  return { file, verdict, pages, durationMs, findings: findings.map(({ box: _, ...finding }) => finding) }
}

export function asJson(files: JudgedFile[]): string {
  return `${JSON.stringify(files, null, 2)}\n`
}

const colors = { conforming: 'green', nonconforming: 'red', unreadable: 'yellow', broken: 'red' } as const

/** One line a file, its findings below it as sentences; colours only where asked for. */
export function asText(files: JudgedFile[], color: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text
  return files
    .map(({ file, verdict, pages, findings }) => {
      const count = `${pages} ${pages === 1 ? 'page' : 'pages'}`
      const head = `${paint(colors[verdict], verdict.padEnd(13))} ${paint('bold', file)} (${count})`
      return [
        head,
        ...findings.map(({ kind, message }) => `  ${paint('dim', kind.padEnd(22))} ${message}`),
        '',
      ].join('\n')
    })
    .join('')
}
