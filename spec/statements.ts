import { readFileSync } from 'node:fs'

/** A statement of `report.md`. `anchor` is the heading as GitHub links it. */
export interface Statement {
  anchor: string
  title: string
}

/** The statements that make a PDF a right usage report, in the order of `report.md`. */
export const statements: Statement[] = [
  ...readFileSync(new URL('./report.md', import.meta.url), 'utf8').matchAll(/^## (.+)$/gm),
].map(([, title = '']) => ({
  title,
  anchor: title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
}))
