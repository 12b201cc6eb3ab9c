import type { FigureWord } from './language.ts'
import { ofAllLanguages } from './languages.ts'
import { sourceOf, wholeWord } from './phrases.ts'

/** What a figure is a figure of. `other` are figures a report may show beside them: free, share, total, effective. */
export type Figure = 'direct' | 'subtree' | 'usage' | 'limit' | 'other'

const wordsOf: Record<Figure, FigureWord[]> = {
  other: ['free', 'share', 'effective'],
  direct: ['direct'],
  subtree: ['subtree'],
  limit: ['limit'],
  usage: ['usage'],
}

/** What stands for a figure in labels, by figure: sources of patterns. */
export const figureWords = Object.entries(wordsOf).map(([figure, words]): [Figure, string] => {
  const phrases = words.flatMap((word) => ofAllLanguages(({ figures }) => figures[word]))
  return [figure as Figure, sourceOf(...phrases, ...(figure === 'other' ? ['%'] : []))]
})

/** What stands between the parts of `12 of 50`, in words: the source of a pattern. */
export const joints = sourceOf(...ofAllLanguages(({ joint }) => joint))

/** In place of a limit: nothing limits, or nothing is allowed. */
const unlimitedWords = sourceOf(...ofAllLanguages(({ unlimited, inherited }) => `${unlimited},${inherited}`))
export const unlimited = new RegExp(`${wholeWord(unlimitedWords).source}|∞`, 'giu')
export const disabled = wholeWord(sourceOf(...ofAllLanguages((language) => language.disabled)), 'giu')

/** Says that there is no such figure, where it stands alone in its place. */
export const nothing = new RegExp(
  `^\\s*(?:${sourceOf(...ofAllLanguages((language) => language.nothing))})\\s*$`,
  'iu',
)

/** Beside a limit: it is another organization's. */
export const inherited = wholeWord(
  sourceOf(...ofAllLanguages((each) => `${each.inherited},${each.source ?? ''}`)),
)

const signs = '[^\\p{L}\\p{N}]*'
const totals = sourceOf(...ofAllLanguages(({ total }) => total))
const subtotals = sourceOf(...ofAllLanguages(({ subtotal }) => subtotal))
const statistics = sourceOf(...ofAllLanguages(({ statistic }) => statistic))

/** Words that head a line of sums or a legend, never an organization. */
export const summary = wholeWord(`${subtotals}|${statistics}|${totals}`)

/** What stands before a sum over all organizations, and nothing else beside it. */
export const sumOverAll = new RegExp(`^(?:${totals})${signs}$`, 'iu')

/** A text that begins with words for a sum, and one that says nothing else. */
export const sum = new RegExp(`^${signs}(?:${subtotals}|${totals})(?!\\p{L})`, 'iu')
export const bareSum = new RegExp(`^${signs}(?:(?:${subtotals})(?!\\p{L})|(?:${totals})$)`, 'iu')

/** Words that introduce another organization than the one the line is about. */
export const reference = wholeWord(
  sourceOf(...ofAllLanguages(({ parent, inherited, source = '' }) => `${parent},${inherited},${source}`)),
)

/** In front of a figure in a sentence, and of nothing that parts words: at the end of a text. */
export const conjunctions = sourceOf(...ofAllLanguages(({ conjunction }) => conjunction))

const pageWords = sourceOf(...ofAllLanguages(({ page }) => page))

/** `Page 3`, `3 / 12 页`: a text that begins with a number of a page and says so. */
export const pageNumber = new RegExp(
  `^${signs}(?:(?:${pageWords})${signs}\\d+|(?:第${signs})?\\d+${signs}(?:${pageWords}))`,
  'iu',
)

/** What reports call a workspace: the source of a pattern. */
export const workspaceWords = `(?:${sourceOf(...ofAllLanguages(({ workspace }) => workspace))})`

const organizationWords = sourceOf(...ofAllLanguages(({ organization }) => organization))

/** What heads the names. */
export const organizationHead = wholeWord(organizationWords)

const counters = sourceOf(...ofAllLanguages(({ counter }) => counter))

/** A heading that says which organizations are listed below, perhaps how many, and nothing else. */
const headOf = (which: string) =>
  new RegExp(
    `^[^\\p{L}]*(?:(?:${organizationWords})${signs})?(?:${which})` +
      `(?:[^\\p{L}]*(?:${organizationWords}|${counters})){0,2}[^\\p{L}]*$`,
    'iu',
  )

/** A heading of organizations that are no more in use: "Archived organizations (3)". */
export const archivedHead = headOf(sourceOf(...ofAllLanguages(({ archived }) => archived)))

/** A heading of all organizations: "All (16)". */
export const everybodyHead = headOf(sourceOf(...ofAllLanguages(({ everything }) => everything)))

/** A heading of a list that holds the organizations of other lists too. */
export const everythingHead = wholeWord(
  sourceOf(...ofAllLanguages(({ everything, total }) => `${everything ?? ''},${total}`)),
)

/** What lines about the report itself begin with. */
export const furniture = new RegExp(
  `^(?:${sourceOf(...ofAllLanguages((each) => [each.furniture, each.workspace, each.page].join()))})(?![\\p{L}\\p{N}])`,
  'iu',
)
