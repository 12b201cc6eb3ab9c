import { visible } from '../../../spec/visible.ts'

/** One test case. Without a verdict it passed; `details` is what the element says beyond its message. */
export interface JunitCase {
  classname: string
  name: string
  /** Seconds. */
  time?: number
  verdict?: { element: 'failure' | 'error' | 'skipped'; message: string; type?: string; details?: string }
}

export interface JunitSuite {
  name: string
  /** Seconds. */
  time: number
  cases: JunitCase[]
  /** What is said of the suite as a whole. */
  output?: string
}

/** JUnit XML as CI servers read it. `timestamp` is ISO 8601 without a zone, as their schema has it. */
export function junitDocument(
  name: string,
  suites: JunitSuite[],
  { time, timestamp }: { time: number; timestamp: string },
): string {
  const all = suites.flatMap(({ cases }) => cases)
  const written = suites.map(
    (suite) =>
      `${element('testsuite', { name: suite.name, ...count(suite.cases), time: suite.time, timestamp }, '  ')}\n` +
      `${suite.cases.map(testCase).join('')}${systemOut(suite)}  </testsuite>\n`,
  )
  const root = element('testsuites', { name, ...count(all), time, timestamp })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n${written.join('')}</testsuites>\n`
}

const systemOut = ({ output }: JunitSuite) =>
  output === undefined ? '' : `    <system-out>${escapeXml(output)}</system-out>\n`

function testCase({ classname, name, time, verdict }: JunitCase): string {
  const start = element('testcase', { classname, name, time }, '    ')
  if (!verdict) return `${start.slice(0, -1)}/>\n`
  const { element: tag, message, type, details = '' } = verdict
  return `${start}${element(tag, { message, type })}${escapeXml(details)}</${tag}></testcase>\n`
}

function count(cases: JunitCase[]) {
  const having = (wanted: string) => cases.filter(({ verdict }) => verdict?.element === wanted).length
  return {
    tests: cases.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  }
}

function element(name: string, attributes: Record<string, string | number | undefined>, indent = ''): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escapeXml(String(value))}"`,
  )
  return `${indent}<${name}${written.join('')}>`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** Escapes for text and attributes; what XML 1.0 §2.2 has no place for is made visible before. */
const escapeXml = (text: string) =>
  visible(text).replaceAll(/[&<>"\n\t]/g, (character) => entities[character]!)
