import { listFirst } from '../list-first.ts'
import { Element } from './element.ts'

/** Fills `{facts}` into a rule's sentence. */
export const phrase = (says: string, context: Record<string, unknown> = {}) =>
  says.replace(/\{(\w+)\}/g, (_, name: string) => inWords(context[name]))

function inWords(fact: unknown): string {
  if (fact === undefined) return 'nothing'
  if (typeof fact === 'string') return listFirst([fact], '')
  const values = Array.isArray(fact) ? fact : [fact]
  return listFirst(
    values.map((value) => JSON.stringify(value)),
    ', ',
  )
}

/** Says where a schema stands as a reader would: `Book.pages`, `GET /books 200 response[].title`. */
export function whereabouts({ root, side, pointer }: Element): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const document = new Element(root, side)
  let words = ''
  for (let i = 0; i < keys.length; i++) {
    const [key, next] = [keys[i]!, keys[i + 1]]
    if (next !== undefined && Object.hasOwn(named, key)) {
      words += named[key as keyof typeof named](next, document.get(...keys.slice(0, i + 2)))
      i++
    } else words += plain[key] ?? ''
    if (key === 'components') i++
    if (key === 'components' && keys[i + 1] !== undefined) words += keys[++i]
    if (i === 2 && keys[0] === 'paths' && keys[2] !== 'parameters')
      words = `${keys[2]?.toUpperCase()} ${words}`
  }
  return words.trim() || 'The document'
}

const named = {
  paths: (path: string) => path,
  parameters: (_: string, parameter?: Element) => ` parameter ${parameter?.read('name')}`,
  headers: (name: string) => ` header ${name}`,
  callbacks: (name: string) => ` callback ${name}`,
  webhooks: (name: string) => `webhook ${name}`,
  responses: (status: string) => ` ${status} response`,
  properties: (name: string) => `.${name}`,
  patternProperties: (pattern: string) => `./${pattern}/`,
  dependentSchemas: (name: string) => ` with ${name}`,
  prefixItems: (index: string) => `[${index}]`,
  $defs: (name: string) => ` ${name}`,
  allOf: () => '',
  oneOf: (index: string) => ` alternative ${Number(index) + 1}`,
  anyOf: (index: string) => ` alternative ${Number(index) + 1}`,
  content: () => '',
}

const plain: Record<string, string> = {
  requestBody: ' body',
  items: '[]',
  additionalProperties: '.*',
  unevaluatedProperties: '.*',
  contains: '[] contained',
  propertyNames: ' property names',
  if: ' condition',
  not: ' exclusion',
}
