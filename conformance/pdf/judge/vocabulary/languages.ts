import { readdirSync } from 'node:fs'
import type { Language } from './language.ts'

const folder = new URL('../languages/', import.meta.url)

/** Every language that reports are read in, by its BCP 47 tag: the files of `languages/`, and no list beside them. */
export const languages: ReadonlyMap<string, Language> = new Map(
  await Promise.all(
    readdirSync(folder)
      .filter((file) => /^[\w-]+\.[jt]s$/.test(file))
      .sort()
      .map(async (file) => {
        const tag = file.slice(0, -3)
        const { default: language }: { default: Language } = await import(`../languages/${file}`)
        return [tag, language] as const
      }),
  ),
)

/** The phrases of all languages for one purpose. */
export const ofAllLanguages = (words: (language: Language) => string | undefined) =>
  [...languages.values()].map(words)
