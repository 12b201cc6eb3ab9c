import { parse } from 'content-disposition'
import { expect, test } from 'vitest'
import { attachment } from './content-disposition.ts'

const name = (stem: string) => attachment(stem, 'ws_1', '-usage-2026-03-31.pdf')

test.each([
  ['ACME Corporation', 'attachment; filename="ACME Corporation-usage-2026-03-31.pdf"'],
  [
    'Café Zürich',
    `attachment; filename="Cafe Zurich-usage-2026-03-31.pdf"; filename*=UTF-8''Caf%C3%A9%20Z%C3%BCrich-usage-2026-03-31.pdf`,
  ],
  ['../../etc/passwd', 'attachment; filename="etc passwd-usage-2026-03-31.pdf"'],
  ['a"b\\c%41', 'attachment; filename="a b c 41-usage-2026-03-31.pdf"'],
  ['\u202Efdp.exe\r\nX: y', 'attachment; filename="fdp.exe X y-usage-2026-03-31.pdf"'],
  ['...', 'attachment; filename=ws_1-usage-2026-03-31.pdf'],
])('%j', (stem, expected) => {
  expect(name(stem)).toBe(expected)
})

test('a name without any ASCII falls back to the id, and keeps itself for those who can read it', () => {
  const header = name('東京支社 🗼')
  expect(header).toMatch(/^[\x20-\x7e]+$/)
  expect(header).toContain('filename=ws_1-usage-2026-03-31.pdf;')
  expect(parse(header).parameters.filename).toBe('東京支社 🗼-usage-2026-03-31.pdf')
})
