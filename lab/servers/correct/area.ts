import type { Area, CorrectServer } from '../declaration.ts'

/** The unusual but right deployments of one area. */
export function inArea(area: Area, declarations: Omit<CorrectServer, 'area'>[]): CorrectServer[] {
  return declarations.map((declaration) => ({ ...declaration, area }))
}
