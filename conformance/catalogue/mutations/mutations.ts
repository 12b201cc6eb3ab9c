import type { Question } from '../../http/request.ts'
import type { Answer } from '../../http/response.ts'
import type { Spoil } from '../check.ts'

type Condition = (question: Question, answer: Answer) => boolean
const always: Condition = () => true

/** The deployment never looks at the credentials: everybody is the member. */
export const credentialsIgnored: Spoil = {
  title: 'credentials are not looked at',
  question: (question) => ({ ...question, as: 'member' }),
}

/** The deployment serves its one workspace to everybody, whatever path or id is asked for. */
export const everythingServed: Spoil = {
  title: 'every path and id gives the same document to everybody',
  question: ({ path: _, workspace: __, ...question }) => ({ ...question, as: 'member' }),
}

/** Another status, everything else as it was. */
export function withStatus(status: number, when: Condition = always): Spoil {
  return {
    title: `the status is ${status}`,
    answer: (answer, question) => (when(question, answer) ? { ...answer, status } : answer),
  }
}

/** A field replaced, or added where it was not sent. */
export function withField(name: string, value: string, when: Condition = always): Spoil {
  return {
    title: `${name}: ${value}`,
    answer: (answer, question) => (when(question, answer) ? replaceField(answer, name, value) : answer),
  }
}

/** A field not sent. */
export function withoutField(name: string, when: Condition = always): Spoil {
  return {
    title: `no ${name}`,
    answer: (answer, question) =>
      when(question, answer)
        ? { ...answer, fields: answer.fields.filter(([field]) => !isNamed(field, name)) }
        : answer,
  }
}

/** A field sent a second time. */
export function withFieldTwice(name: string, value: string): Spoil {
  return {
    title: `${name} twice`,
    answer: (answer) => ({ ...answer, fields: [...answer.fields, [name, value]] }),
  }
}

/** Another body, the head as it was. */
export function withBody(
  title: string,
  change: (body: Buffer) => Buffer | string,
  when: Condition = always,
): Spoil {
  return {
    title,
    answer: (answer, question) =>
      when(question, answer) ? { ...answer, body: Buffer.from(change(answer.body) as Buffer) } : answer,
  }
}

/** A whole other answer. */
export function answering(
  title: string,
  status: number,
  fields: Record<string, string>,
  body: Buffer | string = '',
  when: Condition = always,
): Spoil {
  return {
    title,
    answer: (answer, question) =>
      when(question, answer)
        ? { ...answer, status, fields: Object.entries(fields), body: Buffer.from(body as string) }
        : answer,
  }
}

/** The raw bytes on the wire, read and written as Latin-1 so that nothing is lost. */
export function withWire(title: string, change: (message: string) => string): Spoil {
  return { title, raw: (bytes) => Buffer.from(change(bytes.toString('latin1')), 'latin1') }
}

/** A copy of the answer with one field set. */
export function replaceField(answer: Answer, name: string, value: string): Answer {
  return { ...answer, fields: [...answer.fields.filter(([field]) => !isNamed(field, name)), [name, value]] }
}

const isNamed = (field: string, name: string) => field.toLowerCase() === name.toLowerCase()
