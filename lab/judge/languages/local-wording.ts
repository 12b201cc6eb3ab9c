import type { Language, Phrases } from '../../../conformance/pdf/judge/vocabulary/language.ts'
import { languages } from '../../../conformance/pdf/judge/vocabulary/languages.ts'
import { phrasesIn } from '../../../conformance/pdf/judge/vocabulary/phrases.ts'
import type { KnownProductType } from '../../../spec/product-types.ts'
import type { Wording } from '../corpus/mutations.ts'

/** How a report in one language words and writes what it shows: the usual words, numbers as CLDR has them. */
export interface LocalWording extends Wording {
  name: string
  total: string
  isRightToLeft: boolean
  /** `12 of 50`, in the order of the language. */
  ratio(used: string, limit: string): string
  /** A figure of a row, where it is a number, with the digits and the marks of the language. */
  write(figure: string): string
}

/** The wording of a language by its tag. `shows` says which usage figures there are. */
export function localWording(tag: string, shows: Wording['shows']): LocalWording {
  const language = languages.get(tag)!
  const { figures, unlimited, disabled, organization, total } = language
  const head = (phrases: Phrases) => capitalized(usual(phrases), tag)
  const usage = head(figures.usage)
  const numbers = new Intl.NumberFormat(locales[tag] ?? tag)
  return {
    types: Object.fromEntries(
      (['locations', 'users', 'sso'] as const).map((type) => [type, typeLabel(language, type, tag)]),
    ),
    direct: shows === 'both' ? head(figures.direct) : usage,
    subtree: shows === 'both' ? head(figures.subtree) : usage,
    limit: head(figures.limit),
    free: head(figures.free),
    none: usual(unlimited),
    zero: usual(disabled),
    grouping: '',
    shows,
    ids: false,
    name: head(organization),
    total: head(total),
    isRightToLeft: ['ar', 'he'].includes(tag),
    ratio: ratioOf(language),
    write: (figure) => (/^\d+$/.test(figure) ? numbers.format(Number(figure)) : figure),
  }
}

/** Where reports use other digits or marks than CLDR's default for the tag alone. */
const locales: Record<string, string> = { ar: 'ar-EG-u-nu-arab', hi: 'hi-IN', pt: 'pt-PT' }

/** Software says SSO in every language. */
const typeLabel = ({ types }: Language, type: KnownProductType, tag: string) =>
  type === 'sso' ? 'SSO' : capitalized(usual(types[type] ?? type), tag)

function ratioOf({ joint, reversedJoint }: Language): LocalWording['ratio'] {
  if (joint) return (used, limit) => `${used} ${usual(joint)} ${limit}`
  if (reversedJoint) return (used, limit) => `${limit} ${usual(reversedJoint)} ${used}`
  return (used, limit) => `${used} / ${limit}`
}

/** The first of the phrases, in its shortest form. */
export function usual(phrases: Phrases): string {
  const [first = ''] = phrasesIn(phrases)
  return first
    .replace(/\([^)]*\)|\*/g, '')
    .replace(/\[([^|\]]*)[^\]]*\]/g, '$1')
    .trim()
}

const capitalized = (text: string, tag: string) =>
  text.replace(/^./u, (letter) => letter.toLocaleUpperCase(tag))
