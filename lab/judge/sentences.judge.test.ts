import { expect, test } from 'vitest'
import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import { type ReportRow, rowsOf } from './corpus/mutations.ts'
import { organizationsOf } from './corpus/organizations.ts'
import { PageWriter } from './corpus/page-writer.ts'
import { wordings } from './corpus/wordings.ts'

const organizations = organizationsOf(1003, 24)
const style = wordings.both!

const sentences: Record<string, (type: string, figures: ReportRow['figures'][string]) => string> = {
  'figures before their words': (type, { direct, subtree, limit }) =>
    `${direct} ${type} directly and ${subtree} with sub-organizations (limit ${limit})`,
  'figures after their words': (type, { direct, subtree, limit }) =>
    `${type} direct ${direct}, with sub-organizations ${subtree} (limit: ${limit})`,
  'figures of others': (type, { direct, subtree, limit }) =>
    `${type}: ${subtree} of ${limit} (${direct} this org)`,
}

/** A paragraph for each organization, wrapped at this width. */
function write(wording: string, width: number): Promise<Buffer> {
  const writer = new PageWriter('What everybody uses')
  for (const { name, figures } of rowsOf(organizations, style)) {
    const parts = Object.entries(style.types).map(([type, label]) =>
      sentences[wording]!(label, figures[type]!),
    )
    writer.ensureRoom(80)
    let line = ''
    for (const word of `${name} uses ${parts.join(', ')}.`.split(' ')) {
      if (writer.width(`${line} ${word}`) > width) {
        writer.text(40, line)
        writer.y += 12
        line = word
      } else line = line ? `${line} ${word}` : word
    }
    writer.text(40, line)
    writer.y += 18
  }
  return writer.end()
}

const widths = Array.from({ length: 12 }, (_, at) => 330 + at * 17)

test.each(Object.keys(sentences))(
  'with %s a paragraph is read alike at every line width',
  async (wording) => {
    for (const width of widths) {
      const { verdict, findings } = await judgePdf(await write(wording, width), { organizations })
      expect({ width, verdict, findings: findings.map(({ message }) => message) }).toEqual({
        width,
        verdict: 'conforming',
        findings: [],
      })
    }
  },
)
