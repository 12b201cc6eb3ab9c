/** A name such as `/Type`, its `#xx` escapes decoded. */
export class Name {
  readonly value: string
  constructor(value: string) {
    this.value = value
  }
}

/** The bytes of a string object, one character a byte. */
export class PdfString {
  readonly bytes: string
  constructor(bytes: string) {
    this.bytes = bytes
  }
}

export class Reference {
  readonly number: number
  readonly generation: number
  constructor(number: number, generation: number) {
    this.number = number
    this.generation = generation
  }
}

/** A stream's dictionary and the offset of its first data byte in the file. */
export class Stream {
  readonly dictionary: Dictionary
  readonly start: number
  readonly number: number
  readonly generation: number
  constructor(dictionary: Dictionary, start: number, number: number, generation: number) {
    this.dictionary = dictionary
    this.start = start
    this.number = number
    this.generation = generation
  }
}

export type Dictionary = Map<string, Value>
export type Value = null | boolean | number | Name | PdfString | Reference | Value[] | Dictionary | Stream

export function isName(value: Value | undefined, expected: string): boolean {
  return value instanceof Name && value.value === expected
}

/** The dictionary of a dictionary or stream, else undefined. */
export function dictionaryOf(value: Value | undefined): Dictionary | undefined {
  if (value instanceof Stream) return value.dictionary
  return value instanceof Map ? value : undefined
}

export function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
