import { isAbsolute, relative, sep } from 'node:path'

/** A path as readers of reports find it: relative to the directory where it lies below, with `/` in between. */
export function shownFrom(directory: string, file: string): string {
  const path = isAbsolute(file) ? relative(directory, file) : file
  const isOutside = path.startsWith('..') || isAbsolute(path)
  return isOutside ? file : path.split(sep).join('/')
}
