import { styleText } from 'node:util'
import type { FormatTable, RenderOptions } from '../../results/formats/output-format.ts'
import type { JudgedFile } from './judged-file.ts'

/** The formats of `judge --reporter`. */
export const judgeFormats = {
  pretty: { render: pretty },
  json: { render: (files) => `${JSON.stringify(files, null, 2)}\n` },
} satisfies FormatTable<JudgedFile[]>

const colors = { conforming: 'green', nonconforming: 'red', unreadable: 'yellow', broken: 'red' } as const

/** For people: a line for each file, its findings below it as sentences. */
function pretty(files: JudgedFile[], { color }: RenderOptions): string {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text
  return files
    .map(({ file, verdict, pages, findings, remarks }) => {
      const count = `${pages} ${pages === 1 ? 'page' : 'pages'}`
      const head = `${styled(colors[verdict], verdict.padEnd(13))} ${styled('bold', file)} (${count})`
      return [
        head,
        ...findings.map(({ kind, message }) => `  ${styled('dim', kind.padEnd(22))} ${message}`),
        ...remarks.map((remark) => `  ${styled('dim', 'the file'.padEnd(22))} ${remark}`),
        '',
      ].join('\n')
    })
    .join('')
}
