import { type Page, textOf } from '../../pages/page.ts'
import { onPage } from '../../pages/upright.ts'
import { stretchBox } from '../reading/anchor-candidates.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Mention } from '../reading/names.ts'
import type { Understood } from '../reading/read.ts'
import type { Finding } from './finding.ts'

/** Organizations whose names lost their accents on the way, and those that an identifier alone stands for. */
export function findAlteredNames(pages: Page[], { mentions }: Understood, facts: ExpectedFigures): Finding[] {
  const byName = mentions.filter(({ kind }) => kind === 'name')
  return byName.length === 0 ? namedByIdOnly(mentions, facts) : withoutAccents(pages, byName, facts)
}

/** One name that is nowhere to be found may be our fault; where none is, and identifiers are, names are not shown. */
function namedByIdOnly(mentions: Mention[], facts: ExpectedFigures): Finding[] {
  return facts.organizations.flatMap(({ id, name }, at): Finding[] => {
    const mention = mentions.find(({ candidates }) => candidates.includes(at))
    if (!mention) return []
    const { layer } = mention.stretches[0].segment.line
    return [
      {
        kind: 'missing-organization',
        organization: id,
        name,
        field: 'name',
        expected: name,
        found: id,
        page: layer.page,
        message: `${name}: the report shows the id ${id} in place of the name (page ${layer.page})`,
        box: onPage(layer, stretchBox(mention.stretches[0])),
      },
    ]
  })
}

function withoutAccents(pages: Page[], mentions: Mention[], facts: ExpectedFigures): Finding[] {
  if (hasLooseAccents(pages)) return []
  const byOrganization = Map.groupBy(
    mentions.flatMap((mention) => mention.candidates.map((at) => ({ at, mention }))),
    ({ at }) => at,
  )
  return facts.organizations.flatMap(({ id, name }, at): Finding[] => {
    if (!isAccented(name)) return []
    const own = (byOrganization.get(at) ?? []).map(({ mention }) => mention)
    const [first] = own
    if (!first || own.some((mention) => mention.candidates.length > 1 || !isStripped(written(mention))))
      return []
    const { layer } = first.stretches[0].segment.line
    const found = written(first)
    return [
      {
        kind: 'unreadable-text',
        organization: id,
        name,
        field: 'name',
        expected: name,
        found,
        page: layer.page,
        message: `${name}: the report shows "${found}" in place of the name (page ${layer.page})`,
        box: onPage(layer, stretchBox(first.stretches[0])),
      },
    ]
  })
}

const isAccented = (name: string) => /\p{Script=Latin}\p{M}/u.test(name.normalize('NFD'))

/** Capitals go without accents in more than one language. */
const isStripped = (text: string) =>
  !/[\p{M}\p{Sk}]/u.test(text.normalize('NFD')) && text !== text.toUpperCase()

const written = ({ stretches }: Mention) =>
  stretches.map(({ segment, start, end }) => textOf(segment.words).slice(start, end)).join(' ')

/** Some programs draw letter and accent as glyphs of their own, which extraction leaves apart. */
function hasLooseAccents(pages: Page[]): boolean {
  return pages.some(({ layers }) =>
    layers.some(({ lines }) =>
      lines.some(({ segments }) =>
        segments.some(({ words }) => words.some(({ text }) => /(?<!\p{L})\p{M}|[´¨ˆ˜˚¸ˇ˘˙˛˝]/u.test(text))),
      ),
    ),
  )
}
