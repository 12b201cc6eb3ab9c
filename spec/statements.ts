import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A statement of `report.md`. `anchor` is the heading as GitHub links it. */
export interface Statement {
  anchor: string
  title: string
}

export const reportFile = fileURLToPath(new URL('./report.md', import.meta.url))

const text = readFileSync(reportFile, 'utf8')

/** The statements that a usage report must satisfy, in the order of `report.md`. */
export const statements: Statement[] = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => ({
  title,
  anchor: title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
}))

/** The line (from 1) of `report.md` on which a statement's heading stands. */
export const lineOfStatement = ({ title }: Statement): number => text.split('\n').indexOf(`## ${title}`) + 1
