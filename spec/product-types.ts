/** A product type: what organizations use, and what their limits bound. */
export interface ProductTypeRow {
  /** As the API names it. */
  key: string
  /** As reports and pages name it. */
  label: string
  /** What its figures are measured in, shown with the label; null where things are counted. */
  unit: string | null
}

/**
 * The product types of the public API, in the order in which they are shown: the one place that lists them. A
 * deployment's list of organizations may name others, which are shown by their keys, after these.
 */
export const productTypes = [
  {
    key: 'locations',
    label: 'Locations',
    unit: null,
  },
  {
    key: 'users',
    label: 'Users',
    unit: null,
  },
  {
    key: 'sso',
    label: 'SSO',
    unit: null,
  },
] as const satisfies readonly ProductTypeRow[]

export type KnownProductType = (typeof productTypes)[number]['key']

/** The name of a product type to show, with its unit: `Storage (GB)`; the key of one that the public API does not have. */
export function labelOf(type: string): string {
  const row = (productTypes as readonly ProductTypeRow[]).find(({ key }) => key === type)
  if (!row) return type
  return row.unit === null ? row.label : `${row.label} (${row.unit})`
}
