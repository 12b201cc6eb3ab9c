import { expect, test } from 'vitest'
import { parseYaml } from './yaml.ts'

test('JSON is read as YAML is', () => {
  const written = ' {"a": {"b": [1, "x: \\"y\\":", null, {"c": true}]}, "d\\"": {}}\n'
  expect(parseYaml('a.json', written)).toEqual({ a: { b: [1, 'x: "y":', null, { c: true }] }, 'd"': {} })
  expect(parseYaml('a.json', '{a: 1, "b": 2}')).toEqual({ a: 1, b: 2 })
})

test('JSON that names a key twice is refused with the line, as YAML is', () => {
  const written = '{\n  "paths": {\n    "/a": {},\n    "/a": {}\n  }\n}\n'
  expect(() => parseYaml('a.json', written)).toThrow(/^a\.json:4: Map keys must be unique/)
  expect(() => parseYaml('a.json', '{\n"a": ]')).toThrow(/^a\.json:2: /)
})

test('text that is nested too deeply is refused with the line, in block and in flow style', () => {
  const flow = `a: 1\nb: ${'['.repeat(50_000)}`
  expect(() => parseYaml('a.yaml', flow)).toThrow('a.yaml:2: nested too deeply to be read')
  const block = Array.from({ length: 3000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')
  expect(() => parseYaml('a.yaml', block)).toThrow(/^a\.yaml:\d+: nested too deeply to be read/)
})

test('YAML is read alike with and without aliases', () => {
  const plain = `a: 1_000\nb: 010\nc: 2020-01-01\nd: yes\ne: ~\nf: 0x1F\n200: { '<<': { x: 1 } }\ng: |\n  one\n\n  two\n`
  const read = {
    a: '1_000',
    b: 10,
    c: '2020-01-01',
    d: 'yes',
    e: null,
    f: 31,
    200: { '<<': { x: 1 } },
    g: 'one\n\ntwo\n',
  }
  expect(parseYaml('a.yaml', plain)).toEqual(read)
  const list = [{ x: 1 }]
  expect(parseYaml('a.yaml', `${plain}h: &list [{ x: 1 }]\ni: *list\n`)).toEqual({
    ...read,
    h: list,
    i: list,
  })
})

test('what is no YAML is refused with the line, and a text without content is nothing', () => {
  expect(() => parseYaml('a.yaml', 'a: 1\nb: 2\na: 3\n')).toThrow(/^a\.yaml:3: Map keys must be unique/)
  expect(() => parseYaml('a.yaml', 'a: 1\nb: "x\n')).toThrow(/^a\.yaml:\d: Missing closing "quote/)
  expect(parseYaml('a.yaml', '')).toBe(null)
})

test('aliases that multiply are refused', () => {
  const lines = [...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`)}]`)
  expect(() => parseYaml('a.yaml', `a: &a [1]\n${lines.join('\n')}\n`)).toThrow(/^a\.yaml: .*alias/i)
})
