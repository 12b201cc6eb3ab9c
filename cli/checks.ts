import { Command } from 'commander'
import { catalogue } from '../conformance/catalogue/catalogue.ts'
import { describeCatalogue } from '../conformance/catalogue/catalogue-page.ts'

export const checks = new Command('checks')
  .description('prints the catalogue of checks')
  .option('--json', 'for machines')
  .action(({ json }: { json?: true }) => {
    if (json) {
      process.stdout.write(`${JSON.stringify(describeCatalogue(), null, 2)}\n`)
      return
    }
    for (const { code, title, checks } of catalogue) {
      process.stdout.write(`${code}  ${title}\n`)
      for (const check of checks)
        process.stdout.write(`  ${check.id}  ${check.level.padEnd(8)}  ${check.title}\n`)
      process.stdout.write('\n')
    }
  })
