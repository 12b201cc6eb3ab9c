import { expect, test } from 'vitest'
import type { RunContext } from '../../engine/context.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import { canariesIn } from './canaries.ts'

const context = {
  documents: { structure: async () => ({ body: undefined }), lines: async () => [] },
} as unknown as RunContext

const found = (body: string, canaries: string[], headers: ReceivedResponse['headers'] = []) =>
  canariesIn({ headers, body: Buffer.from(body) } as ReceivedResponse, context, canaries)

const MiB = 2 ** 20

test.each([-20, -10, 0, 10])('a name is found %i characters from a MiB of a long body', async (offset) => {
  const body = `${'.'.repeat(MiB + offset - 5)} Nordwind\n   GmbH ${'.'.repeat(2 * MiB)}`
  expect(await found(body, ['Nordwind GmbH', 'Nord'])).toEqual(['Nordwind GmbH'])
})

test('a name inside a longer word is none, wherever a long body is divided', async () => {
  expect(await found('Supernordwind'.repeat(MiB / 4), ['nordwind'])).toEqual([])
})

test('a name in escapes of JSON, of a URL and of XML is found, and one in a header in UTF-8', async () => {
  const names = ['Café Süd', 'A & B Söhne', 'Zürich Ost', 'Ørsted 12']
  const body = '{"a":"Caf\\u00e9 S\\u00fcd"} /Z%C3%BCrich%20Ost <b>A &amp; B Söhne</b>'
  const header = Buffer.from('Ørsted 12').toString('latin1')
  const all = await found(body, names, [['X-Name', header]])
  expect(all.sort()).toEqual([...names].sort())
})

test('of a PDF the data of streams says nothing, and what stands between and behind the objects does', async () => {
  const body =
    '%PDF-1.7 stream\nNordwind\nendstream (Downstream) (Südwind) stream\nOstwind endstream %%EOF Westwind'
  expect(await found(body, ['Nordwind', 'Südwind', 'Ostwind', 'Westwind'])).toEqual(['Südwind', 'Westwind'])
})
