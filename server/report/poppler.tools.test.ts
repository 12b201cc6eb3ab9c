import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WorkspaceFixture } from '../../fixtures/workspace.ts'
import { renderReport } from './render.ts'

const fixtures = new URL('../../fixtures/workspaces/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'report-'))
const files = readdirSync(fixtures).filter((file) => file.endsWith('.json'))
const fixtureOf = (file: string) =>
  JSON.parse(readFileSync(new URL(file, fixtures), 'utf8')) as WorkspaceFixture
const pdfOf = (file: string) => join(folder, `${file}.pdf`)

beforeAll(async () => {
  for (const file of files) writeFileSync(pdfOf(file), await renderReport(fixtureOf(file)))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each(files)('qpdf finds nothing to say about %s', (file) => {
  const { status, stdout, stderr } = spawnSync('qpdf', ['--check', pdfOf(file)], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('No syntax or stream encoding errors found')
})

describe('poppler', () => {
  test.each(files)('finds nothing to say about %s', (file) => {
    for (const [program, ...options] of [
      ['pdfinfo', '-struct'],
      ['pdffonts'],
      ['pdftoppm', '-r', '20', '-png'],
    ]) {
      const output = program === 'pdftoppm' ? [join(folder, 'page')] : []
      const { status, stderr } = spawnSync(program!, [...options, pdfOf(file), ...output], {
        encoding: 'utf8',
      })
      expect({ program, status, stderr }).toEqual({ program, status: 0, stderr: '' })
    }
  })

  test.each(files)('reads every name of %s as it is written', (file) => {
    const text = asWritten(execFileSync('pdftotext', ['-layout', pdfOf(file), '-'], { encoding: 'utf8' }))
    for (const { name } of fixtureOf(file).organizations) expect(text).toContain(asWritten(name))
  })
})

/** Without what must not act (controls, direction marks), and however many spaces there are. */
function asWritten(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}--[\u200c\u200d\u{e0020}-\u{e007f}]]/gv, '')
    .replace(/[\s\u0085]+/g, ' ')
    .replace(/[\p{Cc}]/gu, '')
    .trim()
}
