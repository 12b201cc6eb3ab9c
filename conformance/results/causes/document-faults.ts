import { decisiveOf, type Explanation, type ObservedCheck } from './explanation.ts'
import { isGranted, type Observation } from './observation.ts'

const isDocument = (one: Observation | undefined) =>
  one !== undefined && one.method === 'GET' && isGranted(one) && /^(?:document|206)$/.test(one.outcome)

/** Whether a failure is about the file and not about what it says: its clause is one of the file format. */
const isOfFile = (check: ObservedCheck) => {
  const { document, anchor } = check.result.source
  const isClause = document === 'iso32000' && anchor.startsWith('7.')
  // An error is no file, damaged or not.
  return (isClause || anchor === 'a-document-that-opens') && !/^[45]/.test(decisiveOf(check)?.outcome ?? '')
}

/** Whether a failure is decided by what is in the document, and not by the message that brings it. */
const isOfContent = (check: ObservedCheck) =>
  /^(?:report|iso32000|owasp|asvs|openapi)$/.test(check.result.source.document) &&
  isDocument(decisiveOf(check))

/** Whether a response is about a document that was sent before: its head, a part of it, or that it has not changed. */
const isAboutDocument = ({ method, traits, outcome }: Observation) =>
  method === 'HEAD' || traits.includes('Range') || outcome === '304'

/** Whether a failure comes of a comparison with the document, by responses that are as they must be by themselves. */
const isComparison = ({ observations }: ObservedCheck) =>
  observations.some(isDocument) &&
  observations.some(isAboutDocument) &&
  observations.every(({ isUnexpected, symptoms }) => !isUnexpected && symptoms.length === 0)

/** A document that is damaged, or says what is not so, fails whatever reads it. */
export function documentFaults(failed: ObservedCheck[]): Explanation[] {
  const ofFile = failed.filter((check) => isOfFile(check) && check.result.level !== 'advice')
  const ofContent = failed.filter(isOfContent)
  const reasonOf = ([first]: ObservedCheck[]) => first?.result.reason.split('\n')[0] ?? ''
  return [
    ...(ofFile.length > 0
      ? [
          {
            title: `the file is damaged: ${reasonOf(ofFile)}`,
            hint: 'the bytes are changed after they were made (text encodings, line ends, a stream that is cut), or joined by hand',
            rank: 10,
            shownBy: (check: ObservedCheck) =>
              isOfFile(check) || isOfContent(check) || isComparison(check) ? check.lookedAt : undefined,
          },
        ]
      : []),
    ...(ofContent.length > 0
      ? [
          {
            title: `what is served is not right: ${reasonOf(ofContent)}`,
            hint: 'the data of the report, or how it is drawn',
            rank: 20,
            shownBy: (check: ObservedCheck) =>
              isOfContent(check) || isComparison(check) ? check.lookedAt : undefined,
          },
        ]
      : []),
  ]
}
