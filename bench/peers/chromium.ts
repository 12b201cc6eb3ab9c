import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Cells } from '../table.ts'

/** Chromium's print to PDF of an HTML table; a browser is started for each report, as a server would have to. */
export async function load() {
  if (spawnSync('chromium', ['--version']).error) throw new Error('chromium is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  return async ([head, ...rows]: Cells): Promise<Buffer> => {
    const line = (cells: string[], tag: string) =>
      `<tr>${cells.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`
    const table = `<table><thead>${line(head!, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`
    const page = join(folder, 'page.html')
    const pdf = join(folder, 'page.pdf')
    writeFileSync(
      page,
      `<!doctype html><meta charset="utf-8"><style>@page{size:A4 landscape}*{font:8pt sans-serif}</style>${table}`,
    )
    const options = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--print-to-pdf=${pdf}`,
    ]
    const { status } = spawnSync('chromium', [...options, pathToFileURL(page).href], { stdio: 'ignore' })
    if (status !== 0) throw new Error('chromium printed nothing')
    return readFileSync(pdf)
  }
}
