import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** How a report looks, whatever its layout. */
export interface Style {
  number(count: number): string
  /** Shown in place of a limit that does not exist. */
  noLimit: string
  /** Shown for a limit of 0. */
  zeroLimit: string
  product(type: string): string
  footer(page: number, pages: number): string
  /** Standard-14 names or files of fonts to embed. */
  fonts: { regular: string; bold: string }
  color: string
  /** Written into each page's content before anything else: PDF operators. */
  prologue: string
  /** Shifts everything sideways, in points. */
  shift: number
}

export const style: Style = {
  number: String,
  noLimit: 'none',
  zeroLimit: '0',
  product: (type) => (type === 'sso' ? 'SSO' : `${type.charAt(0).toUpperCase()}${type.slice(1)}`),
  footer: (page, pages) => `Page ${page} of ${pages}`,
  fonts: { regular: 'Helvetica', bold: 'Helvetica-Bold' },
  color: '#1b1f24',
  prologue: '',
  shift: 0,
}

/** Fonts that pdfmake brings along, embedded as subsets. */
export const embedded = {
  regular: require.resolve('pdfmake/fonts/Roboto/Roboto-Regular.ttf'),
  bold: require.resolve('pdfmake/fonts/Roboto/Roboto-Medium.ttf'),
}

export function limitText(limit: number | null, { number, noLimit, zeroLimit }: Style): string {
  if (limit === null) return noLimit
  return limit === 0 ? zeroLimit : number(limit)
}
