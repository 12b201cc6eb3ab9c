import { catalogue } from './catalogue.ts'
import { areaOf } from './check.ts'
import { cite } from './sources.ts'

/** The catalogue as plain data, one entry a check. */
export function describeCatalogue() {
  return catalogue.flatMap(({ checks }) =>
    checks.map((check) => {
      const { id, title, level, covers, needs, mutations } = check
      const source = cite(check.source)
      const defects = mutations.map((mutation) => mutation.title)
      return { id, area: areaOf(check), title, level, source, covers, needs, counterexamples: defects }
    }),
  )
}

/** The page `CATALOGUE.md`: what a conforming deployment does, grouped by area. */
export function renderCatalogue(): string {
  const described = Map.groupBy(describeCatalogue(), ({ area }) => area)
  const count = [...described.values()].flat().length
  const sections = catalogue.map(({ code, title }) => {
    const rows = (described.get(code) ?? []).map(({ id, title, level, source, needs }) => {
      const clause = `[${source.document} ${escapeCell(shorten(source.anchor))}](${linkFrom(source.url)})`
      return `| ${id} | ${level} | ${escapeCell(title)} | ${clause} | ${needs.join(', ')} |`
    })
    return `## ${code}: ${title}\n\n| id | level | a conforming deployment | clause | needs |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return `# Catalogue of checks\n\nGenerated from \`conformance/catalogue/checks/\`: ${count} checks. \`needs\` names what the profile must give for a check to run.\n\n${sections.join('\n')}`
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('`', '\\`')
const linkFrom = (url: string) => (url.startsWith('spec/') ? `../${url}` : url)
/** The end of a JSON pointer says enough beside its link. */
const shorten = (anchor: string) => anchor.replace(/^\/paths\/[^/]+\//, '')
