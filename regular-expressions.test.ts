import { globSync, readFileSync } from 'node:fs'
import { check } from 'recheck'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { sample } from './vitest.sampling.ts'

type Literal = [place: string, source: string, flags: string]

/** The literals of a file with the line of each. Patterns that are put together at run time are not among them. */
function literalsOf(file: string): Literal[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const literals: Literal[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      literals.push([`${file}:${line + 1}`, node.text.slice(1, end), node.text.slice(end + 1)])
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return literals
}

/**
 * Whether some text makes matching take more than linear time: by backtracking, or by one attempt per character.
 * Patterns with assertions (lookaround) cannot be decided and count as linear; one that takes too long to decide does not.
 */
async function isSuperLinear(source: string, flags: string): Promise<boolean> {
  const decided = await check(source, flags, { checker: 'automaton', timeout: 60_000 })
  return decided.status === 'vulnerable' || (decided.status === 'unknown' && decided.error.kind === 'timeout')
}

const shipped = globSync('{spec,fixtures,server,conformance,gate,cli}/**/*.ts', {
  exclude: ['**/*.test.ts', '**/vitest.*.ts'],
})

test.each(sample(12, shipped.flatMap(literalsOf)))(
  '%s matches in linear time: /%s/%s',
  async (_, source, flags) => {
    expect(await isSuperLinear(source, flags)).toBe(false)
  },
  90_000,
)

test.each([
  ['nested repetition', '^(a+)+$'],
  ['adjacent repetition', '^[^:]*?[ \\t]*:'],
  ['an attempt per character', '/+$'],
  ['an attempt per word', 'SELECT .+ FROM'],
])('%s is found', async (_, source) => {
  expect(await isSuperLinear(source, '')).toBe(true)
})
