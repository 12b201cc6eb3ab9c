import type { PdfObjects } from './objects.ts'
import { decodeTextString } from './text-string.ts'
import { type Dictionary, dictionaryOf, Name, PdfString, type Value } from './values.ts'

/** Something that acts, or carries a file, when the document is opened or clicked. */
export interface ActiveContent {
  kind: 'JavaScript' | 'Launch' | 'RichMedia' | 'XFA' | 'EmbeddedFile' | 'OpenAction' | 'AdditionalActions'
  /** Absent where the object that holds it cannot be told. */
  object?: number
}

/** A place outside the file that it points at: a link, a remote document, a form's receiver. */
export interface ExternalReference {
  kind: 'URI' | 'GoToR' | 'SubmitForm' | 'ImportData' | 'ExternalStream'
  target: string
  object: number
}

const actions = new Set(['URI', 'GoToR', 'SubmitForm', 'ImportData'])

export function activeContentIn(
  objects: PdfObjects,
  dictionary: Dictionary,
  object: number,
): ActiveContent[] {
  const nameOf = (key: string) => {
    const value = objects.get(dictionary, key)
    return value instanceof Name ? value.value : ''
  }
  const kinds = new Set<ActiveContent['kind']>()
  if (nameOf('S') === 'JavaScript' || dictionary.has('JS')) kinds.add('JavaScript')
  if (nameOf('S') === 'Launch') kinds.add('Launch')
  if (nameOf('Subtype') === 'RichMedia') kinds.add('RichMedia')
  if (dictionary.has('XFA')) kinds.add('XFA')
  if (nameOf('Type') === 'EmbeddedFile' || dictionary.has('EF')) kinds.add('EmbeddedFile')
  if (dictionary.has('AA')) kinds.add('AdditionalActions')
  const onOpen = objects.dictionary(dictionary, 'OpenAction')?.get('S')
  if (onOpen instanceof Name && /^(URI|Launch|JavaScript|SubmitForm|ImportData|GoToR)$/.test(onOpen.value)) {
    kinds.add('OpenAction')
  }
  return [...kinds].map((kind) => ({ kind, object }))
}

export function externalReferenceIn(
  objects: PdfObjects,
  dictionary: Dictionary,
  object: number,
  isStream: boolean,
): ExternalReference | undefined {
  if (isStream) {
    const file = objects.get(dictionary, 'F')
    if (!(file instanceof PdfString) && !dictionaryOf(file)) return undefined
    return { kind: 'ExternalStream', target: fileName(objects, dictionary.get('F')), object }
  }
  const action = objects.get(dictionary, 'S')
  if (!(action instanceof Name) || !actions.has(action.value)) return undefined
  const kind = action.value as ExternalReference['kind']
  return { kind, target: fileName(objects, dictionary.get(kind === 'URI' ? 'URI' : 'F')), object }
}

/** The name in a file specification (ISO 32000-2 §7.11), which may be a string or a dictionary. */
export function fileName(objects: PdfObjects, specification: Value | undefined): string {
  const value = objects.resolve(specification)
  if (value instanceof PdfString) return decodeTextString(value.bytes)
  const dictionary = dictionaryOf(value)
  const name = objects.get(dictionary, 'UF') ?? objects.get(dictionary, 'F')
  return name instanceof PdfString ? decodeTextString(name.bytes) : ''
}
