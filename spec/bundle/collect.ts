import { ContractError } from '../contract-error.ts'
import { isObject, join } from '../pointer.ts'
import { type Part, partsIn, wholeDocument } from '../structure.ts'
import type { ContractFiles } from './contract-files.ts'
import { leadOf, locate, referenceIn } from './references.ts'
import { type Address, keyOf, SourceFile } from './source-file.ts'

/** A part with the file that it stands in. */
export interface PlacedPart extends Part {
  file: SourceFile
}

/** A reference that stands where OpenAPI expects an object, and the object that it leads to. */
export interface Use {
  from: PlacedPart
  to: Address
}

export interface Collected {
  files: Map<string, SourceFile>
  entry: SourceFile
  /** Every reference that can be reached from the entry, outer ones first. */
  uses: Use[]
}

/** Reads a contract's files, each once. Throws {@link ContractError} for references that lead nowhere or outside. */
export async function collect(
  source: ContractFiles,
  assertSupported: (entry: SourceFile) => void,
): Promise<Collected> {
  const files = new Map<string, SourceFile>()
  const add = (path: string, text: string) => {
    const file = new SourceFile(path, source.nameOf(path), text)
    files.set(path, file)
    return file
  }
  const entry = add(source.entry, await source.readEntry())
  assertSupported(entry)
  const uses: Use[] = []
  const seen = new Set<string>()
  let open: PlacedPart[] = [{ ...wholeDocument(entry.value as object), file: entry }]
  while (open.length > 0) {
    const { found, waiting, unread } = visit(open, files, seen)
    for (const use of found) uses.push(use)
    const texts = await source.read([...unread.keys()])
    for (const [path, user] of unread) {
      const text = texts.get(path)
      if (text === undefined) throw refusal(user, 'no such file')
      add(path, text)
    }
    open = waiting
  }
  return { files, entry, uses }
}

/** Visits parts until references to files that have not been read are all that is left. */
function visit(start: PlacedPart[], files: Map<string, SourceFile>, seen: Set<string>) {
  const found: Use[] = []
  const waiting: PlacedPart[] = []
  const unread = new Map<string, PlacedPart>()
  const open = [...start]
  for (const part of open) {
    const uses = referencesOf(part).map((from) => ({ from, to: destination(from, files) }))
    const missing = uses.flatMap(({ from, to }) => ('unread' in to ? [{ from, path: to.unread }] : []))
    if (missing.length > 0) {
      waiting.push(part)
      for (const { from, path } of missing) if (!unread.has(path)) unread.set(path, from)
      continue
    }
    for (const { from, to } of uses as Use[]) {
      found.push({ from, to })
      const key = `${from.kind} ${from.container} ${keyOf(to)}`
      if (!seen.has(key)) open.push({ ...from, ...to })
      seen.add(key)
    }
    for (const child of partsIn(part)) open.push({ ...child, file: part.file })
  }
  return { found, waiting, unread }
}

/** The reference that a part is, or those of its mapping. */
function referencesOf(part: PlacedPart): PlacedPart[] {
  return referenceIn(part.value) === undefined ? mappedReferences(part) : [part]
}

/**
 * The references in the mapping of a discriminator (OAS 3.1.1 §4.8.25). Plain names, and places in the entry itself,
 * can stay as they are.
 */
function mappedReferences({ kind, container, value, pointer, file }: PlacedPart): PlacedPart[] {
  if (kind !== 'Schema' || container !== 'one' || !isObject(value)) return []
  const { discriminator } = value
  if (!isObject(discriminator) || !isObject(discriminator.mapping)) return []
  const at = join(join(pointer, 'discriminator'), 'mapping')
  return Object.entries(discriminator.mapping)
    .filter(([, target]) => typeof target === 'string' && isFileReference(target))
    .map(([word, $ref]) => ({ kind, container, value: { $ref }, pointer: join(at, word), file }))
}

/** Whether a value of a mapping names a file, other than a schema's name. */
export const isFileReference = (target: string) => /^[^#]*\/|^[^#]+#|\.(ya?ml|json)$/i.test(target)

/** Where a reference leads in one step. Further ones must not lead back to it. */
function destination(
  { value, file, ...part }: PlacedPart,
  files: Map<string, SourceFile>,
): Address | { unread: string } {
  const seen = new Set<string>()
  let first: Address | undefined
  for (let [target, at] = [referenceIn(value), file]; target !== undefined; ) {
    const found = locate(leadOf(target, at), files)
    if ('unread' in found) return first ?? found
    const reason = 'refused' in found ? found.refused : seen.has(keyOf(found)) && 'leads back to itself'
    if (reason || 'refused' in found) throw refusal({ value, file, ...part }, reason || '')
    seen.add(keyOf(found))
    first ??= found
    ;[target, at] = [referenceIn(found.value), found.file]
  }
  return first!
}

const refusal = ({ file, pointer, value }: PlacedPart, reason: string) =>
  new ContractError(file.name, file.lineOf(join(pointer, '$ref')), `$ref to ${referenceIn(value)}: ${reason}`)
