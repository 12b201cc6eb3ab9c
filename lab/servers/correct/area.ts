import type { Area, CorrectServer } from '../declaration.ts'

/** The correct servers of one area. */
export function inArea(area: Area, declarations: Omit<CorrectServer, 'area'>[]): CorrectServer[] {
  return declarations.map((declaration) => ({ ...declaration, area }))
}
