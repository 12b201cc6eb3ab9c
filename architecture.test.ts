import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Which part may import which (docs/ARCHITECTURE.md). Server and suite never meet: a suite that shares code with the
 * server it judges agrees with its mistakes. `lab` and `bench` only measure, so nothing imports them.
 */
const allowed: Record<string, string[]> = {
  spec: [],
  fixtures: ['spec'],
  server: ['spec', 'fixtures'],
  conformance: ['spec', 'fixtures'],
  gate: ['spec', 'fixtures', 'conformance'],
  cli: ['spec', 'fixtures', 'server', 'conformance', 'gate'],
  lab: ['spec', 'fixtures', 'conformance'],
  bench: ['spec', 'fixtures', 'server', 'conformance'],
  scripts: ['spec', 'server', 'conformance', 'gate'],
  deploy: ['cli'],
  examples: ['server'],
}

/** The stages that turn a PDF into findings, in order: each may import those before it. */
const stages = [
  'structure',
  'pages',
  'judge/reading',
  'judge/layout',
  'judge/inference',
  'judge/judging',
].map((stage) => join('conformance/pdf', stage))

const importLine = /(?:from|import|import\()\s*['"](\.{1,2}\/[^'"]+)['"]/g

/** Relative imports by file, type imports included. Paths are relative to the repository. */
const imports = new Map(
  globSync('**/*.ts', { exclude: ['**/node_modules', '**/dist'] }).map((file) => [
    file,
    [...readFileSync(file, 'utf8').matchAll(importLine)].map(([, to = '']) => join(dirname(file), to)),
  ]),
)

/** `[file, imported]` of every import from below a folder. */
const importsFrom = (folder: string): [file: string, to: string][] =>
  [...imports].flatMap(([file, targets]) =>
    file.startsWith(`${folder}/`) ? targets.map((to): [string, string] => [file, to]) : [],
  )

const partOf = (file: string) => file.split('/')[0] ?? ''

test('every folder with TypeScript in it is a part', () => {
  const parts = [...imports.keys()].filter((file) => file.includes('/')).map(partOf)
  expect([...new Set(parts)].sort()).toEqual(Object.keys(allowed).sort())
})

test.each(Object.keys(allowed))('%s imports only what it may', (part) => {
  const forbidden = importsFrom(part).filter(
    ([, to]) => to.includes('/') && partOf(to) !== part && !allowed[part]?.includes(partOf(to)),
  )
  expect(forbidden).toEqual([])
})

test.each(stages)('%s imports no later stage', (stage) => {
  const later = stages.slice(stages.indexOf(stage) + 1)
  const forbidden = importsFrom(stage).filter(([, to]) => later.includes(dirname(to)))
  expect(forbidden).toEqual([])
})

test('no file imports itself through others', () => {
  expect(findCycles(imports)).toEqual([])
})

test('a cycle is found, wherever it is entered', () => {
  const graph = new Map([
    ['entry', ['a', 'leaf']],
    ['a', ['b']],
    ['b', ['c', 'leaf']],
    ['c', ['a']],
    ['leaf', []],
  ])
  expect(findCycles(graph)).toEqual([['a', 'b', 'c', 'a']])
})

/** One cycle for each import that closes one, found depth first. */
function findCycles(graph: Map<string, string[]>): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file])
    if (path.includes(file) || done.has(file)) return
    path.push(file)
    for (const to of graph.get(file) ?? []) visit(normalize(to))
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return cycles
}
