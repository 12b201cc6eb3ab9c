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
