import type { Budget } from './budget.ts'
import { isBlank, Keyword, Lexer, type Token } from './lexer.ts'
import { type Dictionary, Name, PdfString, Reference, Stream, type Value } from './values.ts'

export interface IndirectObject {
  number: number
  generation: number
  /** Undefined where the object's syntax is damaged. */
  value: Value | undefined
  /** Offset after the value, or of a stream's data. */
  end: number
}

const header = /(\d{1,10})[\0\t\n\f\r ]{1,16}(\d{1,10})[\0\t\n\f\r ]{1,16}obj(?![A-Za-z0-9])/y
const restOfReference = /[\0\t\n\f\r ]{1,16}(\d{1,10})[\0\t\n\f\r ]{1,16}R(?![A-Za-z0-9])/y
const constants = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
])

interface Container {
  closedBy: ']' | '>>'
  items: Value[]
}

/** Reads one value; deep nesting costs no stack. `value` is undefined where the syntax is damaged. */
export function parseValue(
  text: string,
  start: number,
  budget: Budget,
): { value: Value | undefined; end: number } {
  const lexer = new Lexer(text, start)
  const value = readValue(lexer, budget)
  budget.readSyntax(lexer.position - start)
  return { value, end: lexer.position }
}

function readValue(lexer: Lexer, budget: Budget): Value | undefined {
  const open: Container[] = []
  for (;;) {
    const before = lexer.position
    const token = lexer.next()
    if (token === undefined) return undefined
    let value = simpleValue(token)
    if (value === undefined) {
      const word = (token as Keyword).value
      const top = open.at(-1)
      if (word === '[' || word === '<<') {
        if (open.length === budget.limits.depth) {
          budget.reached.add('its objects are nested too deeply')
          return undefined
        }
        open.push({ closedBy: word === '[' ? ']' : '>>', items: [] })
        continue
      }
      if (word === 'R' && top && combineReference(top.items)) continue
      if (word !== top?.closedBy) {
        lexer.position = before
        return undefined
      }
      open.pop()
      value = word === ']' ? top.items : toDictionary(top.items)
      if (value === undefined) return undefined
    }
    const parent = open.at(-1)
    if (!parent) return typeof value === 'number' ? referenceOr(value, lexer) : value
    parent.items.push(value)
  }
}

function simpleValue(token: Token): Value | undefined {
  return token instanceof Keyword ? constants.get(token.value) : token
}

function combineReference(items: Value[]): boolean {
  const generation = items.at(-1)
  const number = items.at(-2)
  if (typeof number !== 'number' || typeof generation !== 'number') return false
  items.splice(-2, 2, new Reference(number, generation))
  return true
}

function referenceOr(value: number, lexer: Lexer): Value {
  restOfReference.lastIndex = lexer.position
  const rest = restOfReference.exec(lexer.text)
  if (!rest) return value
  lexer.position = restOfReference.lastIndex
  return new Reference(value, Number(rest[1]))
}

function toDictionary(items: Value[]): Dictionary | undefined {
  const dictionary: Dictionary = new Map()
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i]
    const value = items[i + 1]
    if (!(key instanceof Name) || value === undefined) return undefined
    dictionary.set(key.value, value)
  }
  return dictionary
}

/** Reads `n g obj …` exactly at an offset (white space before it is skipped); undefined if none stands there. */
export function parseIndirect(text: string, offset: number, budget: Budget): IndirectObject | undefined {
  let at = offset
  while (at < offset + 16 && isBlank(text, at)) at++
  header.lastIndex = at
  const found = header.exec(text)
  if (!found) return undefined
  const number = Number(found[1])
  const generation = Number(found[2])
  const { value, end } = parseValue(text, header.lastIndex, budget)
  const data = value instanceof Map ? streamData(text, end) : undefined
  if (!(value instanceof Map) || data === undefined) return { number, generation, value, end }
  return { number, generation, value: new Stream(value, data, number, generation), end: data }
}

const streamKeyword = /[\0\t\n\f\r ]{0,64}stream(\r\n|\n|\r|(?=\W))/y

function streamData(text: string, at: number): number | undefined {
  streamKeyword.lastIndex = at
  return streamKeyword.test(text) ? streamKeyword.lastIndex : undefined
}

export function textOf(value: Value | undefined): string | undefined {
  if (value instanceof Name) return value.value
  return value instanceof PdfString ? value.bytes : undefined
}
