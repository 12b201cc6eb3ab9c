import type { Area, Faulty } from '../declaration.ts'

/** The faulty deployments of one area. */
export function inArea(area: Area, declarations: Omit<Faulty, 'area'>[]): Faulty[] {
  return declarations.map((declaration) => ({ ...declaration, area }))
}
