import type { Area, Mutant } from '../declaration.ts'

/** The mutants of one area. */
export function inArea(area: Area, declarations: Omit<Mutant, 'area'>[]): Mutant[] {
  return declarations.map((declaration) => ({ ...declaration, area }))
}
