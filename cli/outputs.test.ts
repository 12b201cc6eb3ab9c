import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { judgeFormats } from '../conformance/pdf/judge/formats.ts'
import { verifyFormats } from '../conformance/results/formats/index.ts'
import type { FormatTable } from '../conformance/results/formats/output-format.ts'
import { gateFormats } from '../gate/formats/index.ts'
import { gate } from './gate.ts'
import { judge } from './judge.ts'
import { reporterOption, writeOutputs } from './outputs.ts'
import { verify } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'outputs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const commands: [name: string, command: Command, formats: FormatTable<never>][] = [
  ['verify', verify, verifyFormats],
  ['judge', judge, judgeFormats],
  ['gate', gate, gateFormats],
]

describe.each(commands)('%s --reporter', (_, command, formats) => {
  const option = command.options.find(({ long }) => long === '--reporter')!

  test('takes each format of its table, and lists them', () => {
    for (const format of Object.keys(formats)) {
      expect(option.parseArg?.(`${format}=a=b`, undefined as never)).toEqual([{ format, file: 'a=b' }])
      expect(option.description).toContain(format)
    }
  })

  test.each(['tap', 'toString', ''])('refuses "%s" and names the formats', (name) => {
    expect(() => option.parseArg?.(name, undefined as never)).toThrow(Object.keys(formats).join(', '))
  })
})

test('a file that cannot be written is refused before the work', () => {
  const option = reporterOption(verifyFormats)
  for (const file of [join(folder, 'missing', 'report.json'), '/dev/null/report.json'])
    expect(() => option.parseArg?.(`json=${file}`, undefined as never)).toThrow(`${file} cannot be written`)
  expect(option.parseArg?.(`json=${join(folder, 'new.json')}`, undefined as never)).toHaveLength(1)
})

test('a file that can no longer be written keeps nobody from the other outputs', () => {
  const formats = { text: { render: () => 'written' } } as unknown as FormatTable<unknown>
  const outputs = ['missing/one', 'two', 'missing/three', 'four'].map((name) => ({
    format: 'text',
    file: join(folder, name),
  }))
  expect(() => writeOutputs(formats, outputs, {})).toThrow(
    /--reporter text=\S+one: ENOENT.*\n--reporter text=\S+three: ENOENT/,
  )
  for (const name of ['two', 'four']) expect(readFileSync(join(folder, name), 'utf8')).toBe('written')
})

test.each(['conformance/results/formats', 'gate/formats'])('no file in %s is a format of no table', (dir) => {
  const files = globSync('{conformance,gate,cli}/**/*.ts', { exclude: ['**/*.test.ts', '**/vitest.*.ts'] })
  const sources = files.map((file) => readFileSync(file, 'utf8'))
  const unused = files
    .filter((file) => file.startsWith(`${dir}/`))
    .filter((file) => !sources.some((source) => source.includes(`/${basename(file)}'`)))
  expect(unused).toEqual([])
})

test('each output has its format, in its file', () => {
  const formats = {
    loud: { render: (text: string) => text.toUpperCase() },
    plain: { render: (text: string) => text },
  }
  const option = reporterOption(formats)
  const outputs = ['loud', 'plain'].map((format) => ({ format, file: join(folder, format) }))
  expect(option.long).toBe('--reporter')
  writeOutputs(formats, outputs, 'text')
  expect(outputs.map(({ file }) => readFileSync(file, 'utf8'))).toEqual(['TEXT', 'text'])
})
