import { appendFileSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { contractFile, loadDocument } from './contract-document.ts'
import { ourContract, prepareContract, preparedFileOf } from './our-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'contract-'))
const file = join(folder, 'openapi.yaml')
afterAll(() => rmSync(folder, { recursive: true }))

test('a prepared contract is taken as it is until its file changes', async () => {
  copyFileSync(contractFile, file)
  const prepared = await prepareContract()
  const { originOf: _origin, emptyLists: _lists, ...read } = await loadDocument()
  expect(await ourContract(file)).toMatchObject({ ...read, file })
  writeFileSync(preparedFileOf(file), JSON.stringify(prepared))
  expect(await ourContract(file)).toEqual({ ...read, file })

  const { document } = prepared
  const marked = { ...document, info: { ...document.info, title: 'Prepared' } }
  writeFileSync(preparedFileOf(file), JSON.stringify({ ...prepared, document: marked }))
  expect((await ourContract(file)).title).toBe('Prepared')
  appendFileSync(file, '# changed\n')
  expect((await ourContract(file)).title).toBe(read.title)
})
