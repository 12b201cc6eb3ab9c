/** `1 operation`, `2 operations`; a plural that is not the singular with an `s` is given. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`
