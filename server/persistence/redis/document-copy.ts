import type { DocumentForm } from './document-form.ts'

type Texts = ReadonlyMap<string, string | undefined>

/** A value beside the texts of its fields. */
export interface DocumentCopy<T> {
  texts: Texts
  value(): T
  /** Takes over fields; undefined removes one. */
  update(changed: Texts): void
  /** Takes over all fields, and has no others. */
  replace(texts: Texts): void
  /** Becomes equal to another copy. */
  follow(other: DocumentCopy<T>): void
  /** The fields in which the value differs from its texts, after somebody has changed it in place. */
  changes(): Texts
  /** Takes these changes over into the texts. */
  keep(): void
  /** Takes them back. */
  revert(): void
}

/** Only fields whose text has changed are parsed again. */
export function createCopy<T>(form: DocumentForm<T>): DocumentCopy<T> {
  const texts = new Map<string, string>()
  const parts = new Map<string, unknown>()
  let value: T
  /** What the last `changes` found. */
  let found: { texts: Texts; parts: ReadonlyMap<string, unknown> } | undefined

  const update = (changed: Texts) => {
    for (const [field, text] of changed) {
      if (text === undefined) {
        texts.delete(field)
        parts.delete(field)
      } else {
        texts.set(field, text)
        parts.set(field, JSON.parse(text))
      }
    }
    value = form.join(parts)
  }
  const replace = (all: Texts) => update(difference(texts, all))
  const changes = () => {
    const current = form.split(value)
    found = { texts: difference(texts, toTexts(current)), parts: current }
    return found.texts
  }
  return {
    texts,
    value: () => value,
    update,
    replace,
    follow(other) {
      const changed = difference(texts, other.texts)
      if (changed.size > 0) update(changed)
    },
    changes,
    keep() {
      for (const [field, text] of found?.texts ?? []) {
        if (text === undefined) texts.delete(field)
        else texts.set(field, text)
      }
      parts.clear()
      for (const [field, part] of found?.parts ?? []) parts.set(field, part)
      found = undefined
    },
    revert() {
      const changed = found?.texts ?? changes()
      found = undefined
      update(new Map([...changed.keys()].map((field) => [field, texts.get(field)])))
    },
  }
}

export function toTexts(parts: ReadonlyMap<string, unknown>): Map<string, string> {
  return new Map([...parts].map(([field, part]) => [field, JSON.stringify(part)]))
}

/** What has to be updated to get from some texts to others. */
function difference(from: Texts, to: Texts): Map<string, string | undefined> {
  const changed = new Map<string, string | undefined>()
  for (const [field, text] of to) if (from.get(field) !== text) changed.set(field, text)
  for (const field of from.keys()) if (!to.has(field)) changed.set(field, undefined)
  return changed
}
