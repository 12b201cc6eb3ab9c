/** What a JSON Schema validator found wrong, as Ajv says it. */
export interface ValidationFault {
  /** Where it is: property names and indexes from the outside in. Ends with the property that is missing or unknown. */
  place: string[]
  keyword: string
  message: string
}

/** A fault in words. `whole`: what to call a value that is wrong as a whole. */
export function wordFault({ place, keyword, message }: ValidationFault, whole: string): string {
  const subject = place.length > 0 ? place.join('.') : whole
  const value = message.slice(message.lastIndexOf(' ') + 1)
  const word = words[keyword]
  return word ? `${subject} ${word(value, message)}` : `${subject} ${message}`
}

const types: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

const formats: Record<string, string> = {
  '"date-time"': 'a date and time such as 2026-03-01T12:00:00Z',
  '"date"': 'a date such as 2026-03-01',
  '"email"': 'an e-mail address',
  '"uri"': 'a URL',
  '"uuid"': 'a UUID',
}

const orNumber = (count: string, unit: string) => `${count} ${count === '1' ? unit : `${unit}s`}`
const counted = (limit: 'at least' | 'at most', unit: string) => (_value: string, message: string) => {
  const [count = ''] = /\d+/.exec(message) ?? []
  if (limit === 'at least' && count === '1') return 'must not be empty'
  return `must have ${limit} ${orNumber(count, unit)}`
}

/** By keyword: what must hold. `value` is the last word of Ajv's message. */
const words: Record<string, (value: string, message: string) => string> = {
  required: () => 'is missing',
  additionalProperties: () => 'is no property here',
  type: (value) =>
    `must be ${value
      .split(',')
      .map((type) => types[type] ?? type)
      .join(' or ')}`,
  enum: (_value, message) => `must be one of ${message.replace(/^[^:]*: /, '')}`,
  minimum: (value) => `must be at least ${value}`,
  maximum: (value) => `must be at most ${value}`,
  exclusiveMinimum: (value) => `must be more than ${value}`,
  exclusiveMaximum: (value) => `must be less than ${value}`,
  multipleOf: (value) => `must be a multiple of ${value}`,
  minLength: counted('at least', 'character'),
  maxLength: counted('at most', 'character'),
  minItems: counted('at least', 'item'),
  maxItems: counted('at most', 'item'),
  minProperties: counted('at least', 'property'),
  maxProperties: counted('at most', 'property'),
  uniqueItems: () => 'must not have the same item twice',
  pattern: (_value, message) => `must match ${message.slice('must match pattern "'.length, -1)}`,
  format: (value) => `must be ${formats[value] ?? `of the format ${value.replaceAll('"', '')}`}`,
  nullable: () => 'must not be null',
  propertyNames: () => 'has a property whose name is not allowed',
  anyOf: () => 'has none of the forms that it may have',
  oneOf: () => 'has none of the forms that it may have, or several',
  not: () => 'has a value that is not allowed',
}
