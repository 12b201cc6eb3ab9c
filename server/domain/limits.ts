import type { Organization, ProductType } from '../../fixtures/organization.ts'
import type { UsageData } from '../../fixtures/workspace.ts'
import type { components } from '../../spec/openapi.d.ts'
import { productTypes } from '../../spec/product-types.ts'
import { Problem } from '../http/problem.ts'
import { computeFigures, type Figures, typesOf } from '../report/figures.ts'

type Breakdown = components['schemas']['LimitBreakdown']

/** What an organization uses and what bounds it, by product type: the known ones and those of the workspace. */
export function breakDownLimits(data: UsageData, organization: Organization): Breakdown[] {
  const known = productTypes.map(({ key }): ProductType => key)
  const types = [...new Set([...known, ...typesOf(data.organizations)])]
  const figures = figuresOf(data, organization, types)
  return types.map((type) => {
    const { direct, subtree, limit, effective, free } = figures[type]!
    return { type, used: subtree, direct, free, org_limit: limit, total: effective }
  })
}

/**
 * Whether an organization, which need not stand in the data yet, may carry its limits of the given types.
 * Throws `limit_exceeds_parent`, `limit_exceeds_subscription`, `limit_below_usage` and `bad_request`.
 */
export function assertLimits(data: UsageData, organization: Organization, types: ProductType[]): void {
  // What would apply without these limits is what they may not exceed.
  const { ...limits } = organization.limits
  for (const type of types) delete limits[type]
  const others = data.organizations.filter(({ id }) => id !== organization.id)
  const unlimited = { ...organization, limits }
  const figures = figuresOf({ ...data, organizations: [...others, unlimited] }, unlimited, types)
  for (const type of types) {
    const limit = organization.limits[type]
    if (typeof limit === 'number') assertLimit(type, limit, figures[type]!)
  }
}

function assertLimit(type: ProductType, limit: number, { effective, source, subtree }: Figures): void {
  // Beyond this, a number no longer stands for one integer only.
  if (limit > Number.MAX_SAFE_INTEGER) {
    throw new Problem('bad_request', `A limit is at most ${Number.MAX_SAFE_INTEGER}.`)
  }
  if (effective !== null && limit > effective) {
    const isAbove = source?.from === 'ancestor'
    throw new Problem(
      isAbove ? 'limit_exceeds_parent' : 'limit_exceeds_subscription',
      isAbove
        ? `${source.organization.name} is limited to ${effective} ${type}, fewer than the limit of ${limit}.`
        : `The subscription grants ${effective} ${type}, fewer than the limit of ${limit}.`,
    )
  }
  if (limit < subtree) {
    throw new Problem('limit_below_usage', `${subtree} ${type} are in use, more than the limit of ${limit}.`)
  }
}

function figuresOf(data: UsageData, { id }: Organization, types: ProductType[]): Record<string, Figures> {
  return computeFigures(data, types).rows.find(({ organization }) => organization.id === id)!.figures
}
