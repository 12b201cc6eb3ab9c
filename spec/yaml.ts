import { CORE_SCHEMA, load } from 'js-yaml'
import { parse, YAMLParseError } from 'yaml'
import { ContractError } from './contract-error.ts'

/** Parses YAML or JSON. Throws {@link ContractError} with the line; `file` names the source. */
export function parseYaml(file: string, source: string): unknown {
  try {
    return parseJson(source) ?? parsePlain(source) ?? parse(source)
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined
    const [reason = ''] = (error as Error).message.split('\n')
    throw new ContractError(file, line, explainSyntaxError(reason))
  }
}

/** A message of the YAML parser in words; its place is shown elsewhere. */
export function explainSyntaxError(message: string): string {
  return message
    .replace(/ at line \d+, column \d+:$/, '')
    .replace('Maximum call stack size exceeded', 'nested too deeply to be read')
}

/**
 * The value of JSON, read 20 times as fast as YAML. Undefined for what is no JSON, or names a key twice, which only YAML's
 * parser tells.
 */
function parseJson(source: string): unknown {
  if (!/^\s*\{/.test(source)) return undefined
  try {
    const value: unknown = JSON.parse(source)
    return countKeys(value) === countKeysIn(source) ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * The value of YAML, read four times as fast and in a third of the memory that `yaml` takes. Undefined for what aliases
 * multiply, which `yaml` limits, and for what is no YAML: it tells what is wrong with a source and where.
 */
function parsePlain(source: string): unknown {
  try {
    const value: unknown = load(source, { schema: CORE_SCHEMA })
    const sizes = new Map<unknown, number>()
    return sizeOf(value, sizes) <= 4 * sizes.size ? value : undefined
  } catch {
    return undefined
  }
}

/** How many objects a value has, one that stands in several places counted in each; infinitely many within itself. */
function sizeOf(value: unknown, sizes: Map<unknown, number>): number {
  if (typeof value !== 'object' || value === null) return 0
  const known = sizes.get(value)
  if (known !== undefined) return known
  sizes.set(value, Number.POSITIVE_INFINITY)
  let size = 1
  for (const child of Object.values(value)) size += sizeOf(child, sizes)
  sizes.set(value, size)
  return size
}

function countKeys(root: unknown): number {
  let count = 0
  const open = [root]
  for (const value of open) {
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) count += Object.keys(value).length
    for (const child of Object.values(value)) if (typeof child === 'object') open.push(child)
  }
  return count
}

/** How many keys valid JSON writes: strings before a colon. */
function countKeysIn(json: string): number {
  let count = 0
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', at + 1)) {
    for (at++; json[at] !== '"'; at++) if (json[at] === '\\') at++
    let next = at + 1
    while (/\s/.test(json[next]!)) next++
    if (json[next] === ':') count++
  }
  return count
}
