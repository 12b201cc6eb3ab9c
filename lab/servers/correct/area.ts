import type { Area, Right } from '../declaration.ts'

/** The unusual but right deployments of one area. */
export function inArea(area: Area, declarations: Omit<Right, 'area'>[]): Right[] {
  return declarations.map((declaration) => ({ ...declaration, area }))
}
