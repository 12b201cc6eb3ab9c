import { describe, expect, test } from 'vitest'
import type { Level } from '../../catalogue/check.ts'
import { result } from '../formats/vitest.sample.ts'
import type { ObservedCheck } from './explanation.ts'
import { findCauses } from './find-causes.ts'
import type { Observation } from './observation.ts'

let number = 0
const seen = (more: Partial<Observation>): Observation => ({
  number: ++number,
  caller: 'member',
  resource: 'own',
  method: 'GET',
  traits: [],
  outcome: 'document',
  isUnexpected: false,
  symptoms: [],
  ...more,
})
const served = (caller: Observation['caller'], more: Partial<Observation> = {}) =>
  seen({ caller, isUnexpected: true, ...more })
const refused = (caller: Observation['caller']) => seen({ caller, outcome: '401' })
const check = (
  id: ObservedCheck['result']['id'],
  outcome: 'failed' | 'passed',
  ...observations: Observation[]
): ObservedCheck => ({ result: result(id, outcome), observations, lookedAt: observations.length - 1 })

const pdfSyntax = { document: 'iso32000', anchor: '7.5.5', url: '' }

const told = (...all: ObservedCheck[]) =>
  findCauses(all).map(({ title, checks }) => `${title}: ${checks.join(' ')}`)

describe('what failures have in common', () => {
  test('nothing failed: no cause', () => {
    expect(told(check('AUTH-004', 'passed', refused('garbage')))).toEqual([])
  })

  test('a cache answered, by its own words: whatever else is wrong with what it repeats comes of that', () => {
    const symptoms = [{ kind: 'cache' as const, detail: '' }]
    expect(
      told(
        check('AUTH-004', 'failed', served('garbage', { symptoms })),
        check('TOKEN-001', 'failed', served('forged', { symptoms })),
        check('AUTH-020', 'failed', seen({ caller: 'garbage', outcome: '401', symptoms })),
        check('CONTRACT-004', 'passed', refused('nobody')),
      ),
    ).toEqual(['a cache answers with what was meant for another request: AUTH-004 TOKEN-001 AUTH-020'])
  })

  test('every kind of bearer value was served, requests without one were not', () => {
    expect(
      told(
        check('AUTH-004', 'failed', served('garbage')),
        check('TOKEN-001', 'failed', served('forged')),
        check('TOKEN-005', 'failed', served('wrongClaims')),
        check('CONTRACT-006', 'failed', served('outsider')),
        check('CONTRACT-004', 'passed', refused('nobody'), refused('nobody'), refused('nobody')),
      ),
    ).toEqual(['any bearer value is given the document: AUTH-004 TOKEN-001 TOKEN-005 CONTRACT-006'])
  })

  test('some wrong claims are accepted, and two credentials, but no forged token', () => {
    const refusals = (['garbage', 'forged', 'wrongClaims'] as const).map((caller) =>
      check('AUTH-004', 'passed', refused(caller), refused(caller), refused(caller)),
    )
    const twice = { traits: ['two credentials'] }
    expect(
      findCauses([
        ...refusals,
        check(
          'AUTH-022',
          'failed',
          seen({ caller: 'garbage', outcome: '401', ...twice }),
          served('garbage', twice),
        ),
        check('TOKEN-009', 'failed', served('wrongClaims')),
        check('TOKEN-015', 'failed', served('wrongClaims')),
        check(
          'TOKEN-018',
          'failed',
          ...Array.from({ length: 4 }, () => served('wrongClaims', { outcome: '403' })),
        ),
      ]).map(({ title, checks, hint }) => [title.split(':')[0], checks.join(' '), hint.split(',')[0]]),
    ).toEqual([
      [
        'a token with wrong claims is sometimes given the document',
        'TOKEN-009 TOKEN-015 TOKEN-018',
        'the signature is verified',
      ],
      [expect.anything(), 'AUTH-022', expect.anything()],
    ])
  })

  test('every token is refused with 403, and one of another type is accepted: nobody is said to be served', () => {
    const forbidden = (caller: Observation['caller']) => seen({ caller, outcome: '403', isUnexpected: true })
    const causes = told(
      check('CONTRACT-004', 'failed', forbidden('nobody')),
      check('AUTH-004', 'failed', forbidden('garbage')),
      check('AUTH-005', 'failed', forbidden('otherScheme')),
      check('TOKEN-001', 'failed', forbidden('forged')),
      check('TOKEN-005', 'failed', forbidden('wrongClaims'), forbidden('wrongClaims')),
      check('TOKEN-016', 'failed', served('wrongClaims')),
      check('CONTRACT-001', 'passed', seen({})),
    )
    expect(causes[0]).toBe('whoever asks is answered 403: CONTRACT-004 AUTH-004 AUTH-005 TOKEN-001 TOKEN-005')
    expect(causes[1]).toMatch(/: TOKEN-016$/)
  })

  test('callers without access are answered as those without credentials are, who are answered rightly', () => {
    const without = (resource: Observation['resource'] = 'own') =>
      seen({ caller: 'outsider', resource, outcome: '401', isUnexpected: true })
    expect(
      told(
        check('CONTRACT-004', 'passed', refused('nobody'), refused('garbage'), refused('forged')),
        check('ACCESS-003', 'failed', without()),
        check('ACCESS-002', 'failed', seen({ resource: 'foreign', outcome: '401', isUnexpected: true })),
        check('TENANCY-006', 'failed', without()),
        check('ACCESS-010', 'failed', seen({ caller: 'unprivileged', outcome: '401', isUnexpected: true })),
      ),
    ).toEqual(['a caller without access is answered 401: ACCESS-003 ACCESS-002 TENANCY-006 ACCESS-010'])
  })

  test('a refusal whose body is the document is told by that, and not by its media type', () => {
    const leak = {
      caller: 'outsider',
      outcome: '403 with the document',
      isUnexpected: true,
      symptoms: [{ kind: 'noJson', detail: '' }],
    } as const
    const leaks = () => seen({ ...leak, symptoms: [...leak.symptoms] })
    expect(
      told(
        check('ACCESS-001', 'failed', leaks()),
        check('HTTP-014', 'failed', leaks()),
        check('HTTP-021', 'failed', leaks()),
      ),
    ).toEqual(['a caller without access is answered 403 with the document: ACCESS-001 HTTP-014 HTTP-021'])
  })

  describe('callers are answered as others before them', () => {
    const forbidden = (isUnexpected: boolean, caller: Observation['caller'] = 'outsider') =>
      seen({ caller, outcome: '403', isUnexpected })
    const member = (outcome: string) => seen({ outcome, isUnexpected: true })
    const others = [
      check('CONTRACT-001', 'passed', seen({}), seen({}), seen({})),
      check('CONTRACT-004', 'passed', refused('nobody'), refused('garbage'), refused('forged')),
      check('CONTRACT-006', 'passed', forbidden(false), forbidden(false), forbidden(false)),
    ]

    test('members among them: one cause', () => {
      expect(
        told(
          ...others,
          check('CONTRACT-012', 'failed', member('401')),
          check('PATH-003', 'failed', member('403')),
          check('TOKEN-013', 'failed', forbidden(true, 'forged')),
          check('ACCESS-003', 'failed', seen({ caller: 'outsider', outcome: '401', isUnexpected: true })),
        ),
      ).toEqual([
        'a request is answered as the one before it at the same address was, whoever asks: CONTRACT-012 PATH-003 TOKEN-013 ACCESS-003',
      ])
    })

    test.each<[string, ObservedCheck[]]>([
      ['no member', [check('ACCESS-001', 'failed', served('outsider'))]],
      ['members with another error', [check('CONTRACT-012', 'failed', member('500'))]],
      ['members alone', [check('CONTRACT-012', 'failed', member('401'))]],
    ])('%s: no cache is supposed', (_, failures) => {
      expect(told(...others, ...failures).join()).not.toContain('the one before')
    })
  })

  test('whose signature is not looked at, may claim anything: one cause', () => {
    const claims = (isBelieved: boolean) =>
      isBelieved ? served('wrongClaims') : seen({ caller: 'wrongClaims', outcome: '401' })
    const failures = (forged: Observation[]) =>
      told(
        check('TOKEN-001', 'failed', ...forged),
        check('TOKEN-002', 'failed', served('forged')),
        check('TOKEN-009', 'failed', claims(true)),
        check('TOKEN-005', 'passed', claims(false), claims(false), claims(false)),
      )
    expect(failures([served('forged')])).toEqual([
      'a token that was forged is given the document: TOKEN-001 TOKEN-002 TOKEN-009',
    ])
    expect(failures([refused('forged'), refused('forged'), served('forged')])).toHaveLength(2)
  })

  test('what a check fails on is part of the cause, though requests of its kind may be answered so', () => {
    const whole = () => seen({ outcome: '206', isUnexpected: true })
    const part = seen({ outcome: '206', traits: ['Range'] })
    expect(
      told(
        check('CONTRACT-001', 'failed', whole()),
        check('CONTRACT-007', 'failed', whole(), whole(), whole(), whole()),
        check('RANGE-003', 'failed', part),
      ),
    ).toEqual(['the export is answered 206: CONTRACT-001 CONTRACT-007 RANGE-003'])
  })

  test('an unknown workspace is answered 404 to whoever asks: no cause says that this is another status', () => {
    const unknown = (caller: Observation['caller'], isUnexpected: boolean) =>
      seen({ caller, resource: 'unknown', outcome: '404', isUnexpected })
    const [cause] = findCauses([
      check('AUTH-013', 'failed', refused('nobody'), unknown('nobody', true)),
      check('CONTRACT-005', 'passed', unknown('member', false), unknown('outsider', false)),
    ])
    expect(cause?.title).not.toMatch(/^an un/)
  })

  test('a refusal under the status of success is no lack of a check', () => {
    const [cause] = findCauses([
      check('ACCESS-001', 'failed', served('outsider', { outcome: '200' })),
      check('CONTRACT-001', 'passed', seen({})),
    ])
    expect(cause).toMatchObject({
      title: 'a caller without access is answered 200',
      hint: 'the refusal is mapped to another status than 403 or 404',
    })
  })

  test.each([
    ['416', [], 'the lookup without result is mapped to another status than 404'],
    ['416', ['Range'], 'the id in the path is not looked up, or a lookup without result is not noticed'],
    ['304', [], 'the lookup without result is mapped to another status than 404'],
    ['304', ['Range'], 'the lookup without result is mapped to another status than 404'],
    [
      '304',
      ['If-None-Match'],
      'the id in the path is not looked up, or a lookup without result is not noticed',
    ],
  ])('%s tells of a document only where the request asked for it (%j)', (outcome, traits, hint) => {
    const unknown = () => seen({ resource: 'unknown', outcome, traits, isUnexpected: true })
    const causes = findCauses([
      check('CONTRACT-005', 'failed', unknown()),
      check('ACCESS-004', 'failed', unknown()),
      check('CONTRACT-001', 'passed', seen({})),
    ])
    expect(causes).toMatchObject([{ title: `an unknown workspace is answered ${outcome}`, hint }])
  })

  describe('what writes errors gives all of them one status', () => {
    const problem = (more: Partial<Observation>) => seen({ outcome: '200', isUnexpected: true, ...more })
    const failures = (outcome = '200') => [
      check('CONTRACT-005', 'failed', problem({ resource: 'unknown', outcome })),
      check('CONTRACT-006', 'failed', problem({ caller: 'outsider', outcome })),
      check('ACCESS-002', 'failed', problem({ resource: 'foreign', outcome })),
      check('ACCESS-010', 'failed', problem({ caller: 'unprivileged', outcome })),
    ]
    const refusals = check('CONTRACT-004', 'passed', refused('nobody'), refused('garbage'))

    test.each(['200', '400', '500'])('%s: one cause', (status) => {
      expect(
        told(...failures(status), refusals, check('CONTRACT-001', 'passed', seen({}), seen({}))),
      ).toEqual([
        `whoever has no access, or asks for what is not there, is answered ${status}: CONTRACT-005 CONTRACT-006 ACCESS-002 ACCESS-010`,
      ])
    })

    test('but not where members are answered so too, by a mock that looks up nothing', () => {
      const mocked = seen({ outcome: '200', isUnexpected: true })
      expect(
        told(...failures(), refusals, check('CONTRACT-002', 'failed', mocked, mocked, mocked)).join(),
      ).not.toContain('whoever has no access')
    })

    test('nor where one kind of them alone is', () => {
      const outsider = seen({ caller: 'outsider', outcome: '403' })
      expect(told(failures()[0]!, refusals, check('CONTRACT-006', 'passed', outsider, outsider))).toEqual([
        'an unknown workspace is answered 200: CONTRACT-005',
      ])
    })
  })

  test('whoever asks is given the document by a cache that reads no more than the address: no part of it either', () => {
    const everybody = () =>
      (['nobody', 'garbage', 'forged', 'wrongClaims', 'otherScheme'] as const).map((caller) =>
        check('AUTH-004', 'failed', served(caller)),
      )
    const ranged = (outcome: string) => seen({ traits: ['Range'], outcome })
    const causes = (...outcomes: string[]) =>
      told(...everybody(), check('RANGE-004', 'failed', ...outcomes.map(ranged)))
    expect(causes('document')).toEqual([expect.stringMatching(/^whoever asks is given.* RANGE-004$/)])
    expect(causes('206', 'document')).toHaveLength(2)
  })

  test('who is given the document of another is told that it has not changed', () => {
    const theirs = (more: Partial<Observation> = {}) =>
      seen({ caller: 'outsider', resource: 'theirs', ...more })
    const content = check('CONTENT-010', 'failed', theirs())
    const source = { document: 'report', anchor: 'every-organization', url: '' }
    expect(
      told(
        { ...content, result: { ...content.result, source } },
        check(
          'CACHE-015',
          'failed',
          seen({}),
          theirs(),
          theirs({ traits: ['If-None-Match'], outcome: '304' }),
        ),
      ),
    ).toEqual([expect.stringMatching(/^what is served is not right: .*: CONTENT-010 CACHE-015$/)])
  })

  test('an error in the place of the document is told as one, and not as a file that is damaged', () => {
    const failing = seen({ outcome: '500', isUnexpected: true })
    const file = check('PDF-001', 'failed', failing)
    expect(
      told(
        { ...file, result: { ...file.result, source: pdfSyntax } },
        check('CONTRACT-001', 'failed', failing),
      ),
    ).toHaveLength(1)
  })

  test('where every unknown workspace is served, odd ids are no cause of their own', () => {
    const unknown = { resource: 'unknown', outcome: '200', isUnexpected: true } as const
    const odd = { resource: 'other', outcome: '200', isUnexpected: true } as const
    const refusedUnknown = seen({ resource: 'unknown', outcome: '404' })
    const of = (plain: Observation) => [
      check('CONTRACT-005', plain.isUnexpected ? 'failed' : 'passed', plain),
      check('ACCESS-005', 'failed', seen(odd), seen(odd), seen(odd), seen(odd)),
    ]
    expect(told(...of(seen(unknown)))).toEqual([
      'an unknown workspace is answered 200: CONTRACT-005 ACCESS-005',
    ])
    expect(told(...of(refusedUnknown))).toEqual([
      'an unusual spelling of an id or path is answered 200: ACCESS-005',
    ])
  })

  test('only requests with one header were served', () => {
    const [cause] = told(
      check('AUTH-021', 'failed', served('nobody', { traits: ['X-User-Id'] })),
      check('TENANCY-014', 'failed', served('outsider', { traits: ['X-User-Id'] })),
      check('CONTRACT-004', 'passed', refused('nobody'), refused('nobody'), refused('nobody')),
      check(
        'ACCESS-001',
        'passed',
        ...Array.from({ length: 5 }, () => seen({ caller: 'outsider', outcome: '403' })),
      ),
    )
    expect(cause).toMatch(/^a request with X-User-Id.* is given the document: AUTH-021 TENANCY-014$/)
  })

  describe('somebody without access was served, but not with HEAD and on odd paths', () => {
    const odd = { resource: 'other', traits: ['another spelling of the path'] } as const
    const outsiders = (outcome: string) => [
      check(
        'TENANCY-006',
        'passed',
        ...['HEAD', 'HEAD', 'HEAD'].map((method) =>
          seen({ caller: 'outsider', method: method as 'HEAD', outcome: '404' }),
        ),
      ),
      check(
        'TENANCY-005',
        'passed',
        ...Array.from({ length: 4 }, () =>
          seen({ ...odd, traits: [...odd.traits], caller: 'outsider', outcome: '500', isUnexpected: true }),
        ),
      ),
      check('ACCESS-001', 'failed', served('outsider')),
      check('ACCESS-002', 'failed', served('member', { resource: 'foreign' })),
      check('ACCESS-007', 'failed', served('outsider', { traits: ['a query'] })),
      check('TENANCY-010', 'failed', served('outsider', { traits: ['Accept'] })),
      check('TENANCY-007', 'failed', served('outsider', { traits: ['Range'], outcome })),
    ]
    const members = (head: string, path: string) =>
      check(
        'HTTP-029',
        'passed',
        seen({ method: 'HEAD', outcome: head }),
        seen({ ...odd, traits: [...odd.traits], outcome: path }),
      )
    const cause =
      'a caller without access is given the document: ACCESS-001 ACCESS-002 ACCESS-007 TENANCY-010 TENANCY-007'

    test.each([
      ['404', '500', 'document'],
      ['405', '404', '206'],
    ])('and neither was a member (%s, %s): one cause', (head, path, outcome) => {
      expect(told(...outsiders(outcome), members(head, path))).toEqual([cause])
    })

    test('and a member was: no cause without exceptions', () => {
      expect(told(...outsiders('document'), members('document', 'document'))).not.toContain(cause)
    })
  })

  test('a race that serves some callers without access: requests that it always served are no cause of their own', () => {
    const outsider = (...traits: string[]) => served('outsider', { traits })
    const refusedOutsider = seen({ caller: 'outsider', outcome: '403' })
    expect(
      findCauses([
        check('ACCESS-001', 'failed', outsider()),
        check('TENANCY-001', 'failed', outsider()),
        check('TENANCY-007', 'failed', outsider()),
        check('TENANCY-008', 'failed', outsider('If-Match'), outsider('If-Match')),
        check('TENANCY-006', 'passed', refusedOutsider, refusedOutsider, refusedOutsider),
        check('CONTRACT-001', 'passed', seen({}), seen({})),
      ]).map(({ checks }) => checks.join(' ')),
    ).toEqual(['ACCESS-001 TENANCY-001 TENANCY-007 TENANCY-008'])
  })

  test('where the file is cut off, so are the lengths that are compared with it', () => {
    const part = seen({ traits: ['Range'], outcome: '206' })
    const file = check('PDF-005', 'failed', seen({}))
    const damaged = { ...file, result: { ...file.result, source: pdfSyntax, reason: 'cut off' } }
    expect(told(damaged, check('RANGE-001', 'failed', seen({}), part))).toEqual([
      'the file is damaged: cut off: PDF-005 RANGE-001',
    ])
  })

  test('two faults are two causes, the one of more failures first', () => {
    const noPdf = {
      outcome: '200',
      isUnexpected: true,
      symptoms: [{ kind: 'noPdf', detail: 'text/html' }],
    } as const
    const challenge = {
      caller: 'nobody',
      outcome: '401',
      symptoms: [{ kind: 'challenge', detail: '' }],
    } as const
    expect(
      told(
        check('AUTH-001', 'failed', seen({ ...challenge, symptoms: [...challenge.symptoms] })),
        check('PDF-001', 'failed', seen({ ...noPdf, symptoms: [...noPdf.symptoms] })),
        check('CONTRACT-002', 'failed', seen({ ...noPdf, symptoms: [...noPdf.symptoms] })),
      ),
    ).toEqual([
      'what is served is no PDF (text/html): PDF-001 CONTRACT-002',
      'refusals have no challenge that can be read: AUTH-001',
    ])
  })

  test('a request that was served is not explained by another one that was refused without a challenge', () => {
    const bare = seen({
      caller: 'garbage',
      outcome: '401',
      symptoms: [{ kind: 'challenge', detail: '' }],
    })
    const twice = { traits: ['two credentials'] }
    expect(
      told(
        check('AUTH-016', 'failed', bare),
        check('AUTH-022', 'failed', bare, served('garbage', twice)),
      ).map((cause) => cause.split(': ').at(-1)),
    ).toEqual(['AUTH-016', 'AUTH-022'])
  })

  test('who was believed once is believed on the same connection: as many requests that were served now and then are instances', () => {
    const twice = { traits: ['two credentials'] }
    expect(
      told(
        check('AUTH-023', 'failed', served('garbage', { traits: ['a kept connection'] })),
        check(
          'AUTH-022',
          'failed',
          served('garbage', twice),
          seen({ caller: 'garbage', outcome: '401', ...twice }),
        ),
        check('AUTH-004', 'passed', refused('garbage'), refused('garbage'), refused('garbage')),
      ),
    ).toEqual([
      'a request with a kept connection without valid credentials is given the document: AUTH-023 AUTH-022',
    ])
  })

  test('any claim is believed, and with it any name: one cause with callers without access', () => {
    expect(
      told(
        check('TOKEN-005', 'failed', served('wrongClaims')),
        check('TOKEN-007', 'failed', served('wrongClaims')),
        check('ACCESS-001', 'failed', served('outsider')),
        check('ACCESS-010', 'failed', served('unprivileged')),
        check('AUTH-004', 'passed', refused('garbage'), refused('forged'), refused('nobody')),
      ),
    ).toEqual(['a token with wrong claims is given the document: TOKEN-005 TOKEN-007 ACCESS-001 ACCESS-010'])
  })

  test('forged tokens are believed, and so is garbage that can be decoded, who then has no access', () => {
    expect(
      told(
        check('TOKEN-001', 'failed', served('forged')),
        check('TOKEN-002', 'failed', served('forged')),
        check(
          'AUTH-004',
          'failed',
          refused('garbage'),
          refused('garbage'),
          served('garbage', { outcome: '403' }),
        ),
        check('CONTRACT-004', 'passed', refused('nobody'), refused('nobody')),
      ),
    ).toEqual(['a token that was forged is given the document: TOKEN-001 TOKEN-002 AUTH-004'])
  })

  test('a lack in a document is not explained by a refusal without a challenge that the check met before', () => {
    const bare = seen({ caller: 'nobody', outcome: '401', symptoms: [{ kind: 'challenge', detail: '' }] })
    expect(told(check('AUTH-001', 'failed', bare), check('HTTP-001', 'failed', bare, seen({})))).toHaveLength(
      2,
    )
  })

  test('escapes that need none and other characters around an id are unusual spellings alike', () => {
    const spelled = {
      caller: 'outsider',
      isUnexpected: true,
      traits: ['another spelling of the path'],
    } as const
    const usual = { caller: 'outsider', outcome: '403' } as const
    expect(
      told(
        check('TENANCY-005', 'failed', seen({ ...spelled, traits: [...spelled.traits] })),
        check('ACCESS-008', 'failed', seen({ ...spelled, traits: [...spelled.traits], resource: 'other' })),
        check('ACCESS-001', 'passed', seen(usual), seen(usual), seen(usual)),
      ),
    ).toEqual(['an unusual spelling of an id or path is given the document: TENANCY-005 ACCESS-008'])
  })

  test('a cache of refusals answers callers too who were never answered otherwise', () => {
    const repeated = { outcome: '404', isUnexpected: true } as const
    const [cause] = findCauses([
      check(
        'CONTRACT-006',
        'passed',
        seen({}),
        refused('nobody'),
        seen({ caller: 'outsider', outcome: '404' }),
      ),
      check('CONTRACT-007', 'failed', seen(repeated)),
      check('CONTRACT-004', 'failed', seen({ ...repeated, caller: 'nobody' })),
      check('AUTH-004', 'failed', seen({ ...repeated, caller: 'garbage' })),
      check('TOKEN-001', 'failed', seen({ ...repeated, caller: 'forged' })),
    ])
    expect(cause).toMatchObject({
      title: expect.stringContaining('as the one before it'),
      checks: expect.arrayContaining(['CONTRACT-007', 'CONTRACT-004', 'AUTH-004', 'TOKEN-001']),
    })
  })

  test('a transfer coding that was not offered is one cause, whichever request shows it', () => {
    const symptoms = [{ kind: 'transferCoding' as const, detail: 'gzip, chunked' }]
    expect(
      told(
        check('WIRE-009', 'failed', seen({ symptoms })),
        check('WIRE-011', 'failed', seen({ symptoms, traits: ['HTTP/1.0'] })),
      ),
    ).toEqual(['messages have the transfer coding gzip, chunked, which was not offered: WIRE-009 WIRE-011'])
  })

  test('what is told in the same words is one cause, of the most severe level', () => {
    const failing = (id: 'RANGE-001' | 'RANGE-011' | 'CACHE-011', level: Level, ...traits: string[]) => {
      const failed = check(id, 'failed', seen({ traits }))
      return { ...failed, result: { ...failed.result, level, reason: 'the part is another one' } }
    }
    const causes = findCauses([
      failing('CACHE-011', 'advice', 'Accept-Language'),
      failing('RANGE-011', 'http', 'Accept-Encoding'),
      failing('RANGE-001', 'http', 'Range'),
    ])
    expect(causes).toMatchObject([{ title: 'the part is another one', level: 'http' }])
    expect(causes[0]?.checks.toSorted()).toEqual(['CACHE-011', 'RANGE-001', 'RANGE-011'])
  })

  test('every failed check is in a cause, with the exchange that it failed on', () => {
    const failures = [
      check('CACHE-002', 'failed', seen({})),
      check('WIRE-011', 'failed', seen({ traits: ['HTTP/1.0'] })),
    ]
    const causes = findCauses(failures)
    expect(causes.flatMap(({ checks }) => checks).sort()).toEqual(['CACHE-002', 'WIRE-011'])
    for (const { evidence } of causes) expect(evidence).toBeDefined()
  })
})
