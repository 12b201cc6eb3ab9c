import type { GateCheck, GateReport, Part } from '../report.ts'
import { shownPlace } from './words.ts'

/** JUnit XML as CI servers read it: a part is a suite, a check a case. What nobody asked is a skipped suite. */
export function junit(report: GateReport): string {
  const suites = report.parts.map((part) => {
    const cases =
      part.checks.length > 0 ? part.checks.map((check) => testCase(part, check)) : [notAsked(part)]
    const attributes = { name: part.name, ...count([part]), time: part.durationMs / 1000 }
    return `${open('testsuite', attributes)}\n${cases.join('')}  </testsuite>\n`
  })
  const attributes = {
    name: `${report.tool.name} gate`,
    ...count(report.parts),
    time: report.durationMs / 1000,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${open('testsuites', attributes, '')}\n${suites.join('')}</testsuites>\n`
}

/** How JUnit knows an outcome; what does not decide breaks no build. */
function elementFor({ outcome, decides }: GateCheck): 'failure' | 'error' | 'skipped' | undefined {
  if (outcome === 'passed') return undefined
  if (outcome === 'failed' && decides) return 'failure'
  return outcome === 'cantTell' && decides ? 'error' : 'skipped'
}

function testCase({ name: part }: Part, check: GateCheck): string {
  const start = open('testcase', { classname: part, name: `${check.id} ${check.title}` }, '    ')
  const element = elementFor(check)
  if (!element) return `${start}</testcase>\n`
  const details = check.findings
    .filter(({ severity }) => severity !== 'note')
    .map(({ message, place }) => (place ? `${shownPlace(place)}: ${message}` : message))
  return `${start}<${element} message="${escapeXml(check.reason)}">${escapeXml(details.join('\n'))}</${element}></testcase>\n`
}

function notAsked({ name, summary }: Part): string {
  return `${open('testcase', { classname: name, name }, '    ')}<skipped message="${escapeXml(summary)}"></skipped></testcase>\n`
}

function count(parts: Part[]) {
  const elements = parts.flatMap(({ checks }) => (checks.length > 0 ? checks.map(elementFor) : ['skipped']))
  const having = (wanted: string) => elements.filter((element) => element === wanted).length
  const [failures, errors, skipped] = [having('failure'), having('error'), having('skipped')]
  return { tests: elements.length, failures, errors, skipped }
}

function open(name: string, attributes: Record<string, string | number>, indent = '  '): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
  return `${indent}<${name}${written.join('')}>`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}

/** Characters that XML 1.0 §2.2 has no place for become U+FFFD. */
const escapeXml = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"\n]/g, (character) => entities[character]!)
