import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type ScenarioName, scenarioNames, scenarios } from './scenarios/catalogue.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The rows of the table whose first column has this title. */
function rowsOf(title: string): string[][] {
  const [, table = ''] = readme.split(new RegExp(`^\\| ${title} +\\|.*\\n`, 'm'))
  const lines = table.split('\n')
  const rows = lines.slice(1, lines.indexOf(''))
  return rows.map((row) => row.split('|').map((cell) => cell.trim()))
}

const codes = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code)

test('the table of scenarios lists each one with its parameters', () => {
  const listed = rowsOf('scenario').map(([, name, , parameters]) => [codes(name)[0], codes(parameters)])
  expect(listed).toEqual(scenarioNames.map((name) => [name, Object.keys(scenarios[name].parameters)]))
})

test('the scenarios that carry out no operation are those that the text names', () => {
  const carriesOut = (name: ScenarioName) => /\brespond\b/.test(String(scenarios[name].play))
  expect(readme).toContain('In the first five, `html-body` and `empty-body` the operation is not carried out')
  expect(scenarioNames.filter((name) => !carriesOut(name))).toEqual([
    ...scenarioNames.slice(0, 5),
    'html-body',
    'empty-body',
  ])
})

test('the table of paths lists every route of the control plane', () => {
  const read = (file: string) => readFileSync(new URL(`./control/${file}`, import.meta.url), 'utf8')
  const mounts = [...read('router.ts').matchAll(/router\.use\(\s*'([^']+)',\s*(create\w+)\(/g)]
  const routes = readdirSync(new URL('./control', import.meta.url)).flatMap((file) => {
    const source = read(file)
    // What `router.ts` mounts is relative to where; it has full paths itself.
    const mounted = mounts.filter(([, , create]) => source.includes(`export function ${create}(`))
    const prefixes = file === 'router.ts' ? [''] : mounted.map(([, prefix = '']) => prefix)
    return [...source.matchAll(/router\.(get|post|patch|put|delete)\('([^']+)'/g)].flatMap(
      ([, method = '', path = '']) =>
        prefixes.map((prefix) => `${method.toUpperCase()} ${prefix}${path.replace(/^\/$/, '')}`),
    )
  })
  const withoutNames = (route: string) => route.replace(/\{\w+\}|:\w+|\*\w+/g, '{}').replace(/\?.*/, '')
  const listed = rowsOf('request').map(([, cell]) => codes(cell)[0] ?? '')
  expect(listed.map(withoutNames).sort()).toEqual([...routes.map(withoutNames), 'GET /_mock/'].sort())
})

test('every folder beside this one has its line', () => {
  const entries = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`)
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const listed = rowsOf('in `mock/`').map(([, cell]) => codes(cell)[0] ?? '')
  expect(listed.filter((name) => name.endsWith('/')).sort()).toEqual(folders.sort())
  expect(listed.filter((name) => !name.endsWith('/') && !files.includes(name))).toEqual([])
})
