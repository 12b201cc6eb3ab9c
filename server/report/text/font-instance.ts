import { existsSync, readFileSync } from 'node:fs'
import { type FontFile, filesOf } from './families.ts'

export const weights = [400, 600] as const
export type Weight = (typeof weights)[number]

/** What every report is set in: the characters of Latin-1. */
export const plainFile = filesOf('noto-sans').find(({ id }) => id === 'noto-sans-latin')!

/** Where the package has the instance of a font: beside it, and only of `plainFile`. */
export const instancePath = ({ path }: FontFile, weight: Weight) =>
  path.replace(/-wght-normal\.woff2$/, `-${weight}-normal.ttf`)

/** A variable font at one weight, as TrueType. Making it takes 100 MB of memory, so the plain ones are made by the build. */
export async function fontInstance(file: FontFile, weight: Weight): Promise<Buffer> {
  const made = instancePath(file, weight)
  return existsSync(made) ? readFileSync(made) : makeInstance(file, weight)
}

export async function makeInstance({ path }: FontFile, weight: Weight): Promise<Buffer> {
  const { default: subsetFont } = await import('subset-font')
  return subsetFont(readFileSync(path), undefined, {
    keepAllGlyphs: true,
    variationAxes: { wght: weight },
    targetFormat: 'truetype',
  })
}
