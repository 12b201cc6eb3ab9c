import type { ExpectedFigures, Figure, Role } from '../reading/expectation.ts'
import type { Placed } from '../reading/ownership.ts'
import { organizationsOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { Figure as SaidFigure } from '../vocabulary/vocabulary.ts'
import { weights } from '../weights.ts'
import { type Finding, placeOfValue } from './finding.ts'

/** A place in the records whose words call it one thing, while its figures are another in the data. */
interface Misheaded {
  said: string
  means: string
  /** The type whose figures are exchanged, or the role whose types are: each column has its counterpart there. */
  within: string
  first: Placed
  /** Whether its words are not known, so that they may be those of its counterpart. */
  isUnknown?: boolean
}

/**
 * Headings in known words that stand above each other's figures: two product types, usage and limit, or usage with and
 * without all below. Only what is exchanged both ways is: a heading that seems to stand above other figures may have been
 * read wrong.
 */
export function findExchangedHeadings(
  { lines, placed, roles, passages }: Understood,
  context: ExpectedFigures,
): Finding[] {
  const organizationOf = organizationsOf(passages)
  // The parts of a ratio then stand on the page in either order.
  const isRightToLeft = lines.some(({ isFromRight }) => isFromRight)
  const found: Misheaded[] = []
  /** Types and roles that stand below their own words somewhere. */
  const straight = new Set<string>()
  for (const [id, all] of Map.groupBy(placed, ({ cellAddress }) => cellAddress.id)) {
    const assigned = roles.get(id)
    const cells = all.filter(
      ({ owner, value }) => typeof organizationOf(owner) === 'number' && value.kind === 'number',
    )
    const [first] = cells
    if (!assigned || !first) continue
    const { type, role } = assigned
    const shows = ({ owner, value }: Placed, figure: Figure) =>
      context.agrees(value, organizationOf(owner)!, figure)
    /** Whether enough figures are what they mean and not what words call them, and hardly one the other way round. */
    const isTold = (saidType: string, saidRoles: Role[]) => {
      const fits = cells.map((each) => ({
        means: shows(each, assigned),
        said: saidRoles.some((saidRole) => shows(each, { type: saidType, role: saidRole })),
      }))
      const telling = fits.filter(({ means, said }) => means !== said)
      const borneOut = telling.filter(({ means }) => means).length
      return borneOut >= weights.fewestExchanged && borneOut >= weights.solidExchange * telling.length
    }
    const saidType = common(cells, ({ cellAddress }) => cellAddress.types[0])
    const saidFigure = common(cells, ({ cellAddress }) =>
      isRightToLeft && cellAddress.ratio ? undefined : (cellAddress.figure ?? undefined),
    )
    if (saidType === type) straight.add(`${type}|${role}`)
    else if (saidType && isTold(saidType, [role]))
      found.push({ said: saidType, means: type, within: role, first })
    const exchange = exchangeOf(saidFigure, role)
    if (exchange && isTold(type, exchange.saidRoles)) {
      const { said, means } = exchange
      found.push({ said, means, within: type, first, isUnknown: saidFigure === undefined })
    }
  }
  const pairs = new Map<string, Misheaded>()
  for (const each of found) {
    if (each.isUnknown) continue
    const isMutual = found.some(
      ({ said, means, within }) => said === each.means && means === each.said && within === each.within,
    )
    const key = [each.said, each.means].sort().join()
    const isStraight = [each.said, each.means].some((name) => straight.has(`${name}|${each.within}`))
    if (isMutual && !isStraight && !pairs.has(key)) pairs.set(key, each)
  }
  return [...pairs.values()].map(finding)
}

/** What words call the figures of a role, where that is another one; unknown words may call usage either. */
function exchangeOf(
  figure: SaidFigure | undefined,
  role: Role,
): { said: string; means: string; saidRoles: Role[] } | undefined {
  if (figure === 'other' || figure === role) return undefined
  if (figure === undefined) {
    if (role === 'limit') return undefined
    const said = role === 'direct' ? 'subtree' : 'direct'
    return { said: usages[said], means: usages[role], saidRoles: [said] }
  }
  if (figure === 'limit') return { said: 'limits', means: 'usage', saidRoles: ['limit'] }
  if (role === 'limit') return { said: 'usage', means: 'limits', saidRoles: ['direct', 'subtree'] }
  if (figure === 'usage') return undefined
  return { said: usages[figure], means: usages[role], saidRoles: [figure] }
}

const usages = { direct: 'own usage', subtree: 'usage with all below' }

/** What the words around nearly all of some quantities say. */
function common<T extends string>(cells: Placed[], said: (each: Placed) => T | undefined): T | undefined {
  const [most] = [...Map.groupBy(cells, said)].sort((a, b) => b[1].length - a[1].length)
  return most && most[1].length >= weights.solidExchange * cells.length ? most[0] : undefined
}

function finding({ said, means, first: { value } }: Misheaded): Finding {
  const place = placeOfValue(value)
  return {
    kind: 'exchanged-headings',
    expected: means,
    found: said,
    message: `Headings are exchanged: the figures that the report calls ${said} are the ${means} in the data, and the other way round (page ${place.page})`,
    ...place,
  }
}
