import { type Page, segmentsOf } from '../../pages/page.ts'
import { stretchBox } from '../reading/anchor-candidates.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Mention } from '../reading/names.ts'
import type { Understood } from '../reading/read.ts'
import { textIn } from '../reading/segment-key.ts'
import { type Finding, nameFinding } from './finding.ts'

/** Organizations whose names lost their accents on the way, and those that an identifier alone stands for. */
export function findAlteredNames(pages: Page[], { mentions }: Understood, facts: ExpectedFigures): Finding[] {
  const byName = mentions.filter(({ kind }) => kind === 'name')
  return byName.length === 0 ? namedByIdOnly(mentions, facts) : withoutAccents(pages, byName, facts)
}

/** One name that is nowhere to be found may be our fault; where none is, and identifiers are, names are not shown. */
function namedByIdOnly(mentions: Mention[], facts: ExpectedFigures): Finding[] {
  return facts.organizations.flatMap((organization, at): Finding[] => {
    const mention = mentions.find(({ candidates }) => candidates.includes(at))
    if (!mention) return []
    const how = `shows the id ${organization.id} in place of the name`
    return [nameFinding('missing-organization', organization, shownBy(mention, organization.id), how)]
  })
}

function withoutAccents(pages: Page[], mentions: Mention[], facts: ExpectedFigures): Finding[] {
  if (hasLooseAccents(pages)) return []
  const byOrganization = Map.groupBy(
    mentions.flatMap((mention) => mention.candidates.map((at) => ({ at, mention }))),
    ({ at }) => at,
  )
  return facts.organizations.flatMap((organization, at): Finding[] => {
    if (!isAccented(organization.name)) return []
    const own = (byOrganization.get(at) ?? []).map(({ mention }) => mention)
    const [first] = own
    if (!first || own.some((mention) => mention.candidates.length > 1 || !isStripped(written(mention))))
      return []
    const found = written(first)
    const how = `shows "${found}" in place of the name`
    return [nameFinding('unreadable-text', organization, shownBy(first, found), how)]
  })
}

const shownBy = ({ stretches: [first] }: Mention, found: string) => ({
  found,
  layer: first.segment.line.layer,
  box: stretchBox(first),
})

const isAccented = (name: string) => /\p{Script=Latin}\p{M}/u.test(name.normalize('NFD'))

/** Capitals go without accents in more than one language. */
const isStripped = (text: string) =>
  !/[\p{M}\p{Sk}]/u.test(text.normalize('NFD')) && text !== text.toUpperCase()

const written = ({ stretches }: Mention) => stretches.map(textIn).join(' ')

/** Some programs draw letter and accent as glyphs of their own, which extraction leaves apart. */
function hasLooseAccents(pages: Page[]): boolean {
  return segmentsOf(pages).some(({ text }) => /(?<!\p{L})\p{M}|[´¨ˆ˜˚¸ˇ˘˙˛˝]/u.test(text))
}
