import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classic, validPdfs } from '../../catalogue/mutations/pdf-samples.ts'
import { inspectPdf } from '../inspect.ts'

const hasQpdf = spawnSync('qpdf', ['--version']).status === 0
const corpus = new URL('../../../../shared/corpus/', import.meta.url)

/** Generators' own files, besides the samples: qpdf rewrites each in every way it can. */
const originals = existsSync(corpus)
  ? readdirSync(corpus, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(none|datasets)$/.test(entry.name))
      .map(({ name }) => fileURLToPath(new URL(`${name}/d1-flat-01.pdf`, corpus)))
      .filter((file) => existsSync(file))
  : []

const rewritings: [string, string[]][] = [
  ['linearized', ['--linearize']],
  ['object streams', ['--object-streams=generate']],
  ['object streams, linearized', ['--object-streams=generate', '--linearize']],
  ['no object streams', ['--object-streams=disable']],
  ['PDF 1.3', ['--force-version=1.3', '--object-streams=disable']],
  ['PDF 2.0', ['--min-version=2.0']],
  ['uncompressed', ['--stream-data=uncompress']],
  ['recompressed', ['--recompress-flate', '--compression-level=9']],
  ['QDF', ['--qdf', '--object-streams=disable']],
  ['RC4 40', ['--allow-weak-crypto', '--encrypt', '', 'owner', '40', '--']],
  ['RC4 128', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--']],
  ['AES 128', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=y', '--']],
  ['AES 256', ['--encrypt', '', 'owner', '256', '--']],
  ['AES 256 of revision 5', ['--allow-weak-crypto', '--encrypt', '', 'owner', '256', '--force-R5', '--']],
  ['encrypted object streams', ['--object-streams=generate', '--encrypt', '', 'owner', '256', '--']],
  ['encrypted, metadata clear', ['--encrypt', '', 'owner', '256', '--cleartext-metadata', '--']],
]

describe.runIf(hasQpdf)('qpdf as the second opinion', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'structure-'))
    writeFileSync(join(folder, 'sample.pdf'), classic())
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(Object.entries(validPdfs))('accepts the sample: %s', (name, make) => {
    const file = join(folder, 'conforming.pdf')
    writeFileSync(file, make())
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' })
    // The sample has no hint tables, which only streaming readers need.
    if (name === 'linearized') expect(stdout).toContain('File is linearized')
    else expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test.each(rewritings)('%s: no complaint', async (_, options) => {
    for (const original of [join(folder, 'sample.pdf'), ...originals]) {
      const file = join(folder, 'rewritten.pdf')
      execFileSync('qpdf', [...options, original, file])
      const { problems, body } = await inspectPdf(readFileSync(file))
      expect({ original, problems }).toEqual({ original, problems: [] })
      expect(body?.pages.found).toBe(
        Number(execFileSync('qpdf', ['--show-npages', file], { encoding: 'utf8' })),
      )
      expect(body?.encryption?.opensWithoutPassword ?? true).toBe(true)
    }
  })

  test.each([['40'], ['128'], ['256']])('a user password of %s bits is one', async (bits) => {
    const file = join(folder, 'locked.pdf')
    const options = ['--allow-weak-crypto', '--encrypt', 'user', 'owner', bits, '--']
    execFileSync('qpdf', [...options, join(folder, 'sample.pdf'), file])
    expect((await inspectPdf(readFileSync(file))).problems).toMatchObject([
      { code: 'password', severity: 'broken' },
    ])
  })
})
